/** Every so-manieth line makes the rule of the starter library for attack tools fire. */
export const alertEvery = 40

const path = '/so-hieu/'

/** Zeek's record of one HTTP request, the number in its address; `milliseconds` since the epoch. */
export function webLine(n: number, milliseconds: number): string {
  return JSON.stringify({
    _path: 'http',
    ts: milliseconds / 1000,
    uid: `C${n}`,
    'id.orig_h': `192.0.2.${1 + (((n / alertEvery) % 250) | 0)}`,
    'id.orig_p': 1024 + (n % 60_000),
    'id.resp_h': '198.51.100.20',
    'id.resp_p': 80,
    method: 'GET',
    host: 'cong-thong-tin.example',
    uri: `${path}${n}`,
    user_agent: n % alertEvery === 0 ? 'sqlmap/1.9' : 'Mozilla/5.0 (X11; Linux x86_64)',
    status_code: 404,
    trans_depth: 1,
  })
}

/** The number in a record or an address; throws if there is none. */
export function numberIn(text: string): number {
  const found = /\/so-hieu\/(\d+)/.exec(text)?.[1]
  if (found === undefined) throw new Error(`no number in ${text.slice(0, 200)}`)
  return Number(found)
}

/** The number in the column `url` of the event store, as SQL. */
export const numberInUrl = `toUInt64(extract(url, '${path}(\\\\d+)$'))`
