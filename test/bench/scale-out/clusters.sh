#!/bin/sh
# A Citus coordinator on port 7401 and workers on the ports after it, all on this machine, for scale-out.mjs only:
# `clusters.sh start FOLDER WORKERS`, `clusters.sh stop FOLDER` (which removes the folder). Not to be run as root.
# Needs PostgreSQL's programs on the path and Citus installed among its extensions. Nothing is safe against a crash.
set -eu
folder=$2
case $1 in
  start)
    mkdir "$folder"
    for at in $(seq 0 "$3"); do
      initdb -D "$folder/$at" -A trust -U postgres -N >"$folder/$at.initdb"
      cat >>"$folder/$at/postgresql.conf" <<END
shared_preload_libraries = 'citus'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = $((7401 + at))
max_connections = 100
shared_buffers = 256MB
work_mem = 64MB
max_parallel_workers_per_gather = 0
jit = off
fsync = off
max_wal_size = 4GB
citus.enable_statistics_collection = off
citus.node_conninfo = 'sslmode=disable'
END
      pg_ctl -D "$folder/$at" -l "$folder/$at.log" -w start >/dev/null
      psql -qh 127.0.0.1 -p $((7401 + at)) -U postgres -c 'create extension citus'
    done
    query() { psql -qAth 127.0.0.1 -p 7401 -U postgres -c "$1" >/dev/null; }
    query "select citus_set_coordinator_host('127.0.0.1', 7401)"
    for at in $(seq 1 "$3"); do query "select citus_add_node('127.0.0.1', $((7401 + at)))"; done
    ;;
  stop)
    for cluster in "$folder"/*/; do pg_ctl -D "$cluster" -m fast -w stop >/dev/null || true; done
    rm -r "$folder"
    ;;
esac
