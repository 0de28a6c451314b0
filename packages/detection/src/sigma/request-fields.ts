/** Reads one field from whatever tells of a request. */
type Reader<S> = (source: S) => unknown

/**
 * The fields of Sigma's categories proxy and webserver that say what was asked for, of whatever tells the
 * target of a request (a path or an absolute URL) and its host. Where rules use one name for two things,
 * the field holds both: `c-uri` and `cs-uri` the URL and the target below the host, `c-uri-query` and
 * `cs-uri-query` the target below the host and its query.
 */
export function requestFields<S>(
  targetOf: (source: S) => string | undefined,
  hostOf: (source: S) => string | undefined,
): Readonly<Record<string, Reader<S>>> {
  const uri: Reader<S> = (source) => uriOf(targetOf(source), hostOf(source))
  const query: Reader<S> = (source) => queryOf(belowHost(targetOf(source)))
  const stem: Reader<S> = (source) => stemOf(targetOf(source))
  const host: Reader<S> = (source) => hostIn(targetOf(source)) ?? withoutPort(hostOf(source))
  return {
    'c-uri': uri,
    'cs-uri': uri,
    'c-uri-query': query,
    'cs-uri-query': query,
    'c-uri-stem': stem,
    'cs-uri-stem': stem,
    'c-uri-extension': (source) => extensionOf(stemOf(targetOf(source))),
    'cs-host': host,
    'r-dns': host,
  }
}

const authority = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::\d*)?/i

function uriOf(target: string | undefined, host: string | undefined): unknown {
  if (target === undefined) return undefined
  if (!target.startsWith('/')) {
    const below = belowHost(target)
    return below === target ? target : [target, below]
  }
  return host === undefined ? target : [`http://${host}${target}`, target]
}

/** A target without scheme and host. */
function belowHost(target: string | undefined): string | undefined {
  const found = target?.startsWith('/') ? null : authority.exec(target ?? '')
  if (!found) return target
  const below = target?.slice(found[0].length) ?? ''
  return below.startsWith('/') ? below : `/${below}`
}

function queryOf(below: string | undefined): unknown {
  const mark = below?.indexOf('?') ?? -1
  return mark < 0 ? below : [below, below?.slice(mark + 1)]
}

function stemOf(target: string | undefined): string | undefined {
  return belowHost(target)?.split(/[?#]/, 1)[0]
}

/** The host of an absolute URL, without port. */
function hostIn(target: string | undefined): string | undefined {
  if (target === undefined || target.startsWith('/')) return undefined
  return authority.exec(target)?.[1]
}

function withoutPort(host: string | undefined): string | undefined {
  return host?.replace(/:\d*$/, (port, at: number) => (host.indexOf(':') < at ? port : ''))
}

function extensionOf(path: string | undefined): string | undefined {
  return /\.([^./]+)$/.exec(path ?? '')?.[1]
}
