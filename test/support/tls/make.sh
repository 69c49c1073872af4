#!/bin/sh
# Makes the authorities and certificates of the tests of TLS, good for a hundred years. They guard nothing.
set -e
cd "$(dirname "$0")"
authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj "/CN=$2" -keyout "$1.key" -out "$1.pem"
}
certificate() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr"
  printf 'subjectAltName=%s\n' "$2" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 36500 -extfile "$1.ext" -out "$1.pem"
}
authority authority 'Test authority'
authority another 'Another test authority'
certificate here 'DNS:localhost,IP:127.0.0.1'
certificate elsewhere 'DNS:elsewhere.example'
rm -f ./*.csr ./*.ext ./*.srl authority.key another.key
