import type { CollectorsParts } from './collectors.ts'
import { serveElastic } from './elastic/elastic-http.ts'
import { serveHec } from './hec/hec-http.ts'
import { HttpCollector } from './http/http-collector.ts'
import { serveJsonLines } from './json-lines-http.ts'
import { serveOtlp } from './otlp/otlp-http.ts'

/** Kinds with a port for HTTP of their own; JSON lines only where one is configured, beside the portal's. */
export type HttpKind = 'elastic-bulk' | 'splunk-hec' | 'otlp-http' | 'json-lines'

/** The listeners of ways in over HTTP, closed yet; TLS where the settings say so. */
export function httpCollectors(
  parts: CollectorsParts,
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
