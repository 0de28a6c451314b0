/** What a mail says, once for both of its parts. */
export interface Letter {
  readonly lines: readonly string[]
  readonly link?: { readonly url: string; readonly label: string } | undefined
  /** Who wrote it and why one gets it. */
  readonly footer: readonly string[]
}

/** The part for programs and people who want no HTML. */
export function textOf({ lines, link, footer }: Letter): string {
  const act = link ? [`${link.label}:\n${link.url}`] : []
  return `${[...lines, ...act].join('\n\n')}\n\n-- \n${footer.join('\n')}\n`
}

/** The same in HTML: nothing is fetched, nothing runs, every word is text. */
export function htmlOf({ lines, link, footer }: Letter): string {
  const act = link
    ? `<p><a href="${escaped(link.url)}" style="display:inline-block;padding:10px 16px;background:#0b6e75;color:#ffffff;border-radius:6px;text-decoration:none">${escaped(link.label)}</a></p><p style="font-size:12px;color:#555555">${escaped(link.url)}</p>`
    : ''
  return `<!doctype html><html><body style="font-family:sans-serif;font-size:15px;line-height:1.45;color:#1c2430;max-width:40em">${lines
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')}${act}<hr><p style="font-size:12px;color:#555555">${footer
    .map(escaped)
    .join('<br>')}</p></body></html>`
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign).replaceAll('\n', '<br>')
}
