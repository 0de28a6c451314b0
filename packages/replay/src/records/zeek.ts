export interface ZeekFlow {
  readonly time: number
  readonly uid: string
  readonly from: string
  readonly fromPort: number
  readonly to: string
  readonly toPort: number
}

/** A line of Zeek's conn.log in JSON. */
export function zeekConnection(flow: ZeekFlow, sent: number, received: number): string {
  return zeek('conn', flow, {
    proto: 'tcp',
    duration: 0.8,
    orig_bytes: sent,
    resp_bytes: received,
    conn_state: 'SF',
    history: 'ShADadFf',
    orig_pkts: 8,
    resp_pkts: 9,
  })
}

/** A line of Zeek's dns.log in JSON. */
export function zeekDns(flow: ZeekFlow, name: string, type: string, answers: string[]): string {
  return zeek('dns', flow, {
    proto: 'udp',
    query: name,
    qclass_name: 'C_INTERNET',
    qtype_name: type,
    rcode_name: 'NOERROR',
    answers,
  })
}

/** A line of Zeek's http.log in JSON. */
export function zeekHttp(
  flow: ZeekFlow,
  request: { host: string; path: string; agent: string; method?: string },
): string {
  return zeek('http', flow, {
    trans_depth: 1,
    method: request.method ?? 'GET',
    host: request.host,
    uri: request.path,
    user_agent: request.agent,
    status_code: 200,
    response_body_len: 4_096,
  })
}

/** A line of Zeek's ssl.log in JSON. */
export function zeekTls(flow: ZeekFlow, name: string, validation: string): string {
  return zeek('ssl', flow, {
    version: 'TLSv12',
    cipher: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    server_name: name,
    established: true,
    validation_status: validation,
  })
}

function zeek(path: string, flow: ZeekFlow, fields: Record<string, unknown>): string {
  return JSON.stringify({
    _path: path,
    ts: flow.time / 1_000,
    uid: flow.uid,
    'id.orig_h': flow.from,
    'id.orig_p': flow.fromPort,
    'id.resp_h': flow.to,
    'id.resp_p': flow.toPort,
    ...fields,
    simulated: true,
  })
}
