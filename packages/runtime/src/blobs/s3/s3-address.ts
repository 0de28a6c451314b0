import { nearest } from '../../nearest.ts'

/** Where blobs lie in a service that speaks S3. */
export interface S3Address {
  readonly bucket: string
  /** Begin of every key, without slashes at its ends; empty: the bucket is ours alone. */
  readonly prefix: string
  /** Scheme, host and port of the service. */
  readonly endpoint: URL
  readonly region: string
  /** Whether the bucket stands in the path (`path`) or before the name of the host (`host`). */
  readonly style: 'path' | 'host'
}

const known = ['endpoint', 'region', 'style']
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
/** Letters that stand in a path as they are, so that signer and server cannot write them differently. */
const prefixText = /^(?!.*\.\.)[\w.-]{1,64}(\/[\w.-]{1,64}){0,7}$/
const regionName = /^[A-Za-z0-9-]{1,64}$/

/**
 * Reads `s3://bucket/prefix?endpoint=https://host:port&region=…&style=path|host`. Throws an Error that says
 * which part is wrong; keys never stand in an address.
 */
export function readS3Address(text: string): S3Address {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 's3:') throw new Error('it does not begin with s3://')
  for (const name of url.searchParams.keys()) refuseUnknown(name)
  const region = url.searchParams.get('region') ?? 'us-east-1'
  if (!regionName.test(region)) throw new Error('region is a name such as us-east-1')
  const style = url.searchParams.get('style') ?? 'path'
  if (style !== 'path' && style !== 'host') throw new Error('style is path or host')
  const endpoint = endpointIn(url.searchParams.get('endpoint'))
  return { ...placeIn(url), endpoint, region, style }
}

function placeIn(url: URL): Pick<S3Address, 'bucket' | 'prefix'> {
  if (url.username || url.password || url.port || url.hash)
    throw new Error(
      'between s3:// and ? stand bucket and prefix; keys go to access_key and secret_key',
    )
  const bucket = url.hostname
  if (!bucketName.test(bucket)) throw new Error(`${bucket || 'nothing'} is no name of a bucket`)
  const prefix = url.pathname.replace(/^\/|\/$/g, '')
  if (prefix !== '' && !prefixText.test(prefix))
    throw new Error('a prefix has letters a–z, digits, dots, hyphens and underscores, parted by /')
  return { bucket, prefix }
}

function refuseUnknown(name: string): void {
  if (known.includes(name)) return
  const near = nearest(name, known)
  throw new Error(`${name} is not known; ${near ? `did you mean ${near}?` : known.join(', ')}`)
}

function endpointIn(text: string | null): URL {
  const url = text !== null && URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error('endpoint is missing or no address: ?endpoint=https://host')
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password)
    throw new Error('endpoint is scheme, host and port only')
  return url
}
