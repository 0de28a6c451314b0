import { apis } from '@haidang/contracts/apis'
import type { Api } from '@haidang/contracts/endpoint'
import { permissions } from '@haidang/contracts/permission'
import type { Language } from '@haidang/contracts/person'
import { problems } from '@haidang/contracts/problems'
import type { FastifyInstance } from 'fastify'

const words = {
  vi: {
    title: 'Trợ giúp API',
    lead: 'Mọi lời gọi dùng khóa API: Authorization: Bearer KHÓA. Bản máy đọc: /api/openapi.json. Danh sách nhận limit, cursor, filter, sort.',
    call: 'Lời gọi',
    right: 'Quyền',
    does: 'Việc',
    problems: 'Mã lỗi',
    permissions: 'Các quyền',
  },
  en: {
    title: 'API help',
    lead: 'Every call takes an API key: Authorization: Bearer KEY. For machines: /api/openapi.json. Lists take limit, cursor, filter, sort.',
    call: 'Call',
    right: 'Permission',
    does: 'What it does',
    problems: 'Problem codes',
    permissions: 'Permissions',
  },
} as const

/** Serves `/help` in the language asked for: `?language=`, else the browser's, else Vietnamese. */
export function serveHelp(app: FastifyInstance): void {
  app.get<{ Querystring: { language?: string } }>('/help', (request, reply) => {
    const asked = request.query.language ?? request.headers['accept-language'] ?? 'vi'
    void reply.type('text/html; charset=utf-8').send(helpPage(asked.startsWith('en') ? 'en' : 'vi'))
  })
  app.get('/help/help.css', (_, reply) => {
    void reply.type('text/css; charset=utf-8').send(helpStyle)
  })
}

/** The page at `/help`: what the API offers, straight from the contracts. No script, no address but our own. */
function helpPage(language: Language): string {
  const w = words[language]
  const tables: Record<string, Api> = apis
  const nouns = Object.entries(tables).map(([noun, api]) =>
    section(
      noun,
      [w.call, w.right, w.does],
      Object.values(api).map(({ method, path, permission, summary }) => [
        `<code>${method} ${path}</code>`,
        permission,
        escaped(summary),
      ]),
    ),
  )
  const codes = Object.entries(problems).map(([code, problem]) => [
    `<code>${code}</code>`,
    String(problem.status),
    escaped(problem[language]),
  ])
  const rights = Object.entries(permissions).map(([name, meaning]) => [
    `<code>${name}</code>`,
    escaped(meaning),
  ])
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/help/help.css">',
    `<title>${w.title} · Hải Đăng</title></head><body><main><h1>${w.title}</h1><p>${w.lead}</p>`,
    '<p><a href="/help?language=vi">Tiếng Việt</a> · <a href="/help?language=en">English</a> · <a href="/">Hải Đăng</a></p>',
    ...nouns,
    section(w.permissions, [w.right, w.does], rights),
    section(w.problems, ['code', 'HTTP', ''], codes),
    '</main></body></html>',
  ].join('')
}

const helpStyle = `:root{color-scheme:light dark}body{font:15px/1.45 system-ui,sans-serif;margin:0}
main{max-width:70rem;margin:0 auto;padding:24px}table{border-collapse:collapse;width:100%;font-size:13px}
th,td{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid #8884;vertical-align:top}
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}h2{font-size:18px;margin-top:32px}`

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = (tag: string, row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  return `<h2>${title}</h2><table>${cells('th', head)}${rows.map((row) => cells('td', row)).join('')}</table>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
