/** Longest Authorization header that is looked at. */
const longest = 1000

/**
 * The source token an Authorization header carries, as the clients of the protocols write it:
 * `Bearer TOKEN`, `Splunk TOKEN`, `ApiKey` with the token or base64 of `id:TOKEN` (Elastic), and `Basic`
 * with any user name and the token as password (RFC 7617). Undefined: none, or none that can be read.
 */
export function tokenOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > longest) return undefined
  const [, scheme = '', value = ''] = /^(\w+) +(\S+)$/.exec(authorization.trim()) ?? []
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'splunk':
      return value
    case 'apikey':
      return secondHalf(value) ?? value
    case 'basic':
      return secondHalf(value)
    default:
      return undefined
  }
}

/** What follows the colon in base64 of `name:secret`. */
function secondHalf(base64: string): string | undefined {
  const text = Buffer.from(base64, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : text.slice(colon + 1) || undefined
}
