import { readFileSync } from 'node:fs'
import { FluentClient } from '@fluent-org/logger'
import type { SenderFiles } from './sender-certificates.ts'
import type { StreamSender, TextOf } from './stream-sender.ts'

interface FluentOptions {
  readonly port: number
  readonly mode: 'Forward' | 'CompressedPackedForward'
  readonly sharedKey: string
  readonly files: SenderFiles
  readonly textOf: TextOf
}

const perFlush = 500

/** `@fluent-org/logger`: every chunk waits for its acknowledgement, and is sent again where none came. */
export function fluentLogger(options: FluentOptions): StreamSender {
  let client = clientOf(options, note)
  let complaints = ''
  function note(error: Error) {
    complaints = String(error)
  }
  return {
    get complaints() {
      return complaints
    },
    send: async (from, to) => {
      for (let n = from; n < to; n += perFlush) {
        const length = Math.min(to, n + perFlush) - n
        const records = Array.from({ length }, (_, i) => ({ message: options.textOf(n + i) }))
        await Promise.all(records.map((record) => client.emit(record)))
      }
    },
    restart: async () => {
      await client.shutdown()
      client = clientOf(options, note)
    },
    stop: () => client.shutdown(),
  }
}

function clientOf({ port, mode, sharedKey, files }: FluentOptions, onError: (e: Error) => void) {
  const { authority, own } = files
  return new FluentClient('app', {
    eventMode: mode,
    ack: { ackTimeout: 30_000 },
    eventRetry: { attempts: 300, backoff: 1, delay: 300, onError },
    flushInterval: 20,
    disconnect: { waitForPending: true },
    socket: {
      host: 'localhost',
      port,
      tls: {
        ca: readFileSync(authority),
        ...(own && { cert: readFileSync(own.certificate), key: readFileSync(own.key) }),
      },
    },
    security: { clientHostname: 'web-1', sharedKey },
  })
}
