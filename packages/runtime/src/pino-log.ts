import pino, { type Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { redacted } from './redaction.ts'

export interface PinoLogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly clock: Clock
  /** Where lines go; anything with `write`. Standard output unless told. */
  readonly destination?: { write(line: string): void }
}

/** A log of one JSON object a line, times in UTC, secrets struck out. */
export function createLog({ level, clock, destination }: PinoLogOptions): Log {
  const options = {
    level,
    base: {},
    messageKey: 'message',
    timestamp: () => `,"time":"${clock.iso()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return new PinoLog(destination ? pino(options, destination) : pino(options))
}

class PinoLog implements Log {
  readonly #logger: Logger

  constructor(logger: Logger) {
    this.#logger = logger
  }

  debug(fields: object, message: string): void {
    if (this.#logger.isLevelEnabled('debug')) this.#logger.debug(redacted(fields), message)
  }

  info(fields: object, message: string): void {
    if (this.#logger.isLevelEnabled('info')) this.#logger.info(redacted(fields), message)
  }

  warn(fields: object, message: string): void {
    this.#logger.warn(redacted(fields), message)
  }

  error(fields: object, message: string): void {
    this.#logger.error(redacted(fields), message)
  }

  child(fields: object): Log {
    return new PinoLog(this.#logger.child(redacted(fields)))
  }
}
