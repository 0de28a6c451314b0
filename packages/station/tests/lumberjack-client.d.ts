declare module 'lumberjack-client' {
  class LumberjackClient {
    constructor(config: import('node:tls').ConnectionOptions, useTls: boolean)
    readonly connected?: boolean
    readonly socket?: import('node:net').Socket
    log(record: Readonly<Record<string, unknown>>): void
  }
  export = LumberjackClient
}
