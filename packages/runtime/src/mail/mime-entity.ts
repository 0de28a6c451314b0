/** The top of a MIME entity (RFC 2045), byte for byte: a signature is over what came, not over what was understood. */
export interface MimeEntity {
  /** Header fields as they came, each with the lines it goes on in. */
  readonly fields: readonly string[]
  /** In lower case; text/plain where it says none. */
  readonly type: string
  /** Of the content type, by their names in lower case. */
  readonly parameters: ReadonlyMap<string, string>
  readonly body: string
}

const parameter = /;\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g

/** Reads the top of an entity whose every character is a byte (latin1), with CRLF at the ends of its lines. */
export function mimeEntity(source: string): MimeEntity {
  const end = source.startsWith('\r\n') ? 0 : source.indexOf('\r\n\r\n')
  const head = end === -1 ? source : source.slice(0, end)
  const body = end === -1 ? '' : source.slice(end + (end === 0 ? 2 : 4))
  const fields = head.split(/\r\n(?![ \t])/).filter((field) => field !== '')
  const content = fieldOf(fields, 'content-type')
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, bare] of content.matchAll(parameter)) {
    parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '')
  }
  const [type = ''] = content.split(';')
  return { fields, type: type.trim().toLowerCase() || 'text/plain', parameters, body }
}

/** What a field says, unfolded; empty where there is none. */
export function fieldOf(fields: readonly string[], name: string): string {
  const found = fields.find((field) => field.toLowerCase().startsWith(`${name}:`))
  return (found?.slice(name.length + 1) ?? '').replaceAll(/\r\n[ \t]+/g, ' ').trim()
}

/** The parts of a multipart entity as they came; the line break before a boundary belongs to the boundary. */
export function partsOf({ body, parameters }: MimeEntity): string[] {
  const boundary = parameters.get('boundary')
  if (!boundary) return []
  const text = `\r\n${body}`
  const parts: string[] = []
  let begin: number | undefined
  for (const { at, end, isLast } of marksIn(text, `\r\n--${boundary}`)) {
    if (begin !== undefined) parts.push(text.slice(begin, at))
    if (isLast) return parts
    begin = end
  }
  if (begin !== undefined) parts.push(text.slice(begin))
  return parts
}

/** Where boundaries stand, and where what follows them begins; a line may begin as one does and go on. */
function* marksIn(text: string, mark: string) {
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) {
    const after = at + mark.length
    const isLast = text.startsWith('--', after)
    const line = text.indexOf('\r\n', after)
    if (isLast || text.slice(after, line === -1 ? text.length : line).trim() === '') {
      if (isLast || line !== -1) yield { at, isLast, end: line + 2 }
    }
  }
}

/** The bytes of an entity without what was done to them for the way. */
export function contentOf({ fields, body }: MimeEntity): Uint8Array {
  const encoding = fieldOf(fields, 'content-transfer-encoding').toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1')
  const plain = body
    .replaceAll(/=[ \t]*\r\n/g, '')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  return Buffer.from(plain, 'latin1')
}
