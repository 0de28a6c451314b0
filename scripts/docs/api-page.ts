import { apis } from '@haidang/contracts/apis'
import type { Api } from '@haidang/contracts/endpoint'

/** docs/reference/api.md */
export function apiPage(): string {
  const tables: Record<string, Api> = apis
  return [
    '# The API',
    '',
    'Generated from the endpoint tables of `packages/contracts/src/*-api.ts` (`npm run docs`). A running node serves the same as OpenAPI 3.1 at',
    '`/api/openapi.json` and as a page at `/help`. Every list takes `limit`, `cursor`, `filter`, `sort` and answers `{ items, next }`; every',
    'refusal is a problem (RFC 9457, see [problems](problems.md)); times are RFC 3339 UTC.',
    '',
    ...Object.entries(tables).flatMap(([noun, api]) => [
      `## ${noun}`,
      '',
      '| call | permission | what it does |',
      '|---|---|---|',
      ...Object.values(api).map(
        ({ method, path, permission, summary }) =>
          `| \`${method} ${path}\` | ${permission} | ${summary} |`,
      ),
      '',
    ]),
    '## Outside the tables',
    '',
    '| call | permission | what it does |',
    '|---|---|---|',
    '| `POST /ingest/v1/{source}` | token of the source | Take in JSON lines; honours `Idempotency-Key`, gzip and zstd |',
    '| `GET /api/v1/live` | live.read | Server-sent events from the journal; resumes with `Last-Event-ID` |',
    '| `GET /healthz` `GET /readyz` `GET /metrics` | public on the listening address | Alive; each check with cause and remedy; Prometheus |',
    '',
  ].join('\n')
}
