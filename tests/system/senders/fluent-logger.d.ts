declare module '@fluent-org/logger' {
  interface Options {
    readonly eventMode: 'Message' | 'Forward' | 'PackedForward' | 'CompressedPackedForward'
    readonly ack: { readonly ackTimeout: number }
    readonly eventRetry: {
      readonly attempts: number
      readonly backoff: number
      readonly delay: number
      readonly onError: (error: Error) => void
    }
    readonly flushInterval: number
    readonly disconnect: { readonly waitForPending: boolean }
    readonly socket: {
      readonly host: string
      readonly port: number
      readonly tls?: import('node:tls').ConnectionOptions
    }
    readonly security: {
      readonly clientHostname: string
      readonly sharedKey: string
      readonly username?: string
      readonly password?: string
    }
  }

  export class FluentClient {
    constructor(tagPrefix: string, options: Options)
    emit(data: Readonly<Record<string, unknown>>): Promise<void>
    shutdown(): Promise<void>
  }
}
