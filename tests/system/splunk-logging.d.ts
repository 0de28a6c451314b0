declare module 'splunk-logging' {
  interface Config {
    readonly url: string
    readonly token: string
    readonly maxBatchCount: number
    readonly maxRetries: number
  }

  export class Logger {
    constructor(config: Config)
    error: (error: Error) => void
    send(context: { readonly message: unknown }): void
    flush(done: (error: Error | null, response: unknown, body: unknown) => void): void
  }
}
