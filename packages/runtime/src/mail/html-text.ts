import { Parser } from 'htmlparser2'

const unread = new Set([
  'script',
  'style',
  'head',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
])
const blocks = new Set(
  'p div table tr ul ol li h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer'.split(
    ' ',
  ),
)

/** What HTML says in words, in one pass: addresses of links stand after them, nothing is fetched, nothing runs. */
export function htmlText(html: string): string {
  const said: string[] = []
  const links: string[] = []
  let hidden = 0
  const parser = new Parser(
    {
      onopentag(name, { href }) {
        if (unread.has(name)) hidden += 1
        if (name === 'br' || blocks.has(name)) said.push('\n')
        if (name === 'li') said.push('- ')
        if (name === 'a') links.push(href ?? '')
      },
      ontext(text) {
        if (hidden === 0) said.push(text.replaceAll(/\s+/g, ' '))
      },
      onclosetag(name) {
        if (unread.has(name)) hidden = Math.max(0, hidden - 1)
        if (blocks.has(name)) said.push('\n')
        const link = name === 'a' ? links.pop() : undefined
        if (link && hidden === 0) said.push(` (${link})`)
      },
    },
    { decodeEntities: true },
  )
  parser.end(html)
  return said
    .join('')
    .replaceAll(/[ \t]*\n[ \t]*/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}
