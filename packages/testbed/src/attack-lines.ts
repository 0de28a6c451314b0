/** Zeek's record of an attack tool asking a web server something: one rule of the starter library fires for each source. */
export function attackToolLine(source: string, milliseconds: number): string {
  return JSON.stringify({
    _path: 'http',
    ts: milliseconds / 1000,
    uid: `C${source.replaceAll('.', '')}${milliseconds}`,
    'id.orig_h': source,
    'id.orig_p': 40_000,
    'id.resp_h': '198.51.100.20',
    'id.resp_p': 80,
    method: 'GET',
    host: 'cong-thong-tin.example',
    uri: '/tra-cuu?id=1',
    user_agent: 'sqlmap/1.9',
    status_code: 404,
    trans_depth: 1,
  })
}
