import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import { serveElastic } from './elastic/elastic-http.ts'
import { serveHec } from './hec/hec-http.ts'
import { HttpCollector } from './http/http-collector.ts'
import type { RequestRoom } from './http/request-room.ts'
import type { Intake } from './intake.ts'
import { serveJsonLines } from './json-lines-http.ts'
import { serveOtlp } from './otlp/otlp-http.ts'
import type { SourceBook } from './source-book.ts'
import type { StreamSettings } from './stream-collectors.ts'

/** Kinds with a port for HTTP of their own; JSON lines only where one is configured, beside the portal's. */
export type HttpKind = 'elastic-bulk' | 'splunk-hec' | 'otlp-http' | 'json-lines'

interface HttpCollectorsParts {
  readonly book: SourceBook
  readonly intake: Intake
  readonly room: RequestRoom
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly listen: {
    readonly host: string
    readonly elastic: number
    readonly hec: number
    readonly otlp: number
    readonly jsonLines?: number | undefined
    readonly elasticVersion: string
    readonly streams: Pick<StreamSettings, 'secured' | 'credentials'>
  }
}

/** The listeners of ways in over HTTP, closed yet; TLS where the settings say so. */
export function httpCollectors(
  parts: HttpCollectorsParts,
): Readonly<Partial<Record<HttpKind, HttpCollector>>> {
  const { host, elastic, hec, otlp, jsonLines, elasticVersion: version, streams } = parts.listen
  const at = (kind: HttpKind, name: string, port: number) => {
    const credentials = streams.secured.has(kind) ? streams.credentials : undefined
    return { ...parts, host, name, port, credentials }
  }
  const lines = { ...parts, intake: () => parts.intake }
  return {
    'elastic-bulk': new HttpCollector(at('elastic-bulk', 'Elastic bulk', elastic), (app) =>
      serveElastic(app, { ...parts, version }),
    ),
    'splunk-hec': new HttpCollector(at('splunk-hec', 'Splunk HEC', hec), (app) =>
      serveHec(app, parts),
    ),
    'otlp-http': new HttpCollector(at('otlp-http', 'OTLP', otlp), (app) => serveOtlp(app, parts)),
    ...(jsonLines !== undefined && {
      'json-lines': new HttpCollector(at('json-lines', 'JSON lines', jsonLines), (app) =>
        serveJsonLines(app, lines),
      ),
    }),
  }
}
