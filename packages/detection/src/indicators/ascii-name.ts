const nonAscii = /[^\0-\x7f]/
const authority = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)/i

/** A host name with its Unicode labels in Punycode (UTS 46); undefined where that is not possible. */
export function asciiHost(name: string): string | undefined {
  if (!nonAscii.test(name)) return name
  // Only what can stand in a host may reach the reader of URLs.
  if (/[\s/\\?#@:[\]%]/.test(name)) return undefined
  return URL.parse(`http://${name}/`)?.hostname
}

/** A URL with its host in Punycode and the rest percent-encoded; undefined where it is no URL with an authority. */
export function asciiUrl(url: string): string | undefined {
  const parts = authority.exec(url)
  if (parts === null) return undefined
  if (!nonAscii.test(url)) return url
  const [start, scheme = '', server = ''] = parts
  const at = server.lastIndexOf('@') + 1
  const port = /:\d*$/.exec(server)?.[0] ?? ''
  const host = asciiHost(server.slice(at, server.length - port.length))
  if (host === undefined) return undefined
  return `${scheme}${host}${port}${encoded(url.slice(start.length))}`
}

function encoded(text: string): string {
  return text.toWellFormed().replace(/[^\0-\x7f]+/g, encodeURIComponent)
}
