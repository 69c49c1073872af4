import type { FailureCodes } from '../failure-codes.ts';

/** MariaDB's and MySQL's own, by their names: `mariadb --help` and the manual's list of server errors. */
export const codes: FailureCodes = {
  /** What a server answers, and not the driver or the system. */
  answered: /^ER_/,
  /** Login refused, no such database, too many connections, shutting down, killed. */
  serverTrouble:
    /^ER_(ACCESS_DENIED_ERROR|ACCESS_DENIED_NO_PASSWORD_ERROR|DBACCESS_DENIED_ERROR|BAD_DB_ERROR|HOST_\w+|CON_COUNT_ERROR|TOO_MANY_USER_CONNECTIONS|USER_LIMIT_REACHED|MUST_CHANGE_PASSWORD\w*|ACCOUNT_HAS_BEEN_LOCKED|SERVER_SHUTDOWN|NORMAL_SHUTDOWN|CONNECTION_KILLED|CLIENT_INTERACTION_TIMEOUT|NET_\w+|HANDSHAKE_ERROR|NOT_SUPPORTED_AUTH_MODE|SECURE_TRANSPORT_REQUIRED)$/,
  starting: /^ER_(SERVER_OFFLINE_MODE|SERVER_SHUTDOWN)$/,
  cancelled: /^ER_(STATEMENT_TIMEOUT|QUERY_TIMEOUT|QUERY_INTERRUPTED)$/,
  words: {
    ER_ACCESS_DENIED_ERROR: 'its database refuses the login or the password',
    ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 'its database refuses the login or the password',
    ER_NOT_SUPPORTED_AUTH_MODE: 'its database and the driver know no way of signing in that both take',
    ER_HOST_NOT_PRIVILEGED: 'its database does not let this login in from here',
    ER_HOST_IS_BLOCKED: 'its server has blocked this host after too many broken connections',
    ER_DBACCESS_DENIED_ERROR: 'the login may not use a database of this name, or there is none',
    ER_BAD_DB_ERROR: 'its server has no database of this name',
    ER_TABLEACCESS_DENIED_ERROR: 'the login may not read what the adapter reads',
    ER_COLUMNACCESS_DENIED_ERROR: 'the login may not read what the adapter reads',
    ER_NO_SUCH_TABLE: 'a table that the adapter reads is not there; its address names the database',
    ER_BAD_FIELD_ERROR: 'a column that the adapter reads is not there',
    ER_CON_COUNT_ERROR: 'its server has no connection left',
    ER_TOO_MANY_USER_CONNECTIONS: 'its server has no connection left for this login',
    ER_SERVER_SHUTDOWN: 'its server is starting or shutting down',
    ER_CONNECTION_KILLED: 'its server ended the connection',
    ER_SECURE_TRANSPORT_REQUIRED: 'its server is to be asked by TLS',
    ER_STATEMENT_TIMEOUT: 'it did not answer in time',
    ER_QUERY_TIMEOUT: 'it did not answer in time',
    ER_QUERY_INTERRUPTED: 'it did not answer in time',
    HANDSHAKE_NO_SSL_SUPPORT: 'its server speaks no TLS, and is to be asked by TLS',
    PROTOCOL_CONNECTION_LOST: 'the connection was cut',
    HANDSHAKE_SSL_ERROR: 'its server could not be asked by TLS',
  },
};
