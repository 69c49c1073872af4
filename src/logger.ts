/**
 * The program's log, as `pino` has it: fields first, then a message. Neither ever holds anything of a person.
 */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
