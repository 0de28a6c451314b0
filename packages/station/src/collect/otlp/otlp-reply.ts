/** How a request is written, and so its answer. */
export type OtlpEncoding = 'protobuf' | 'json'

export const mediaTypes: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
}

/** `ExportLogsServiceResponse`: empty, or with how many records were refused and why. */
export function logsReply(encoding: OtlpEncoding, refused: number, why: string): Buffer {
  if (encoding === 'json') {
    const partialSuccess = { rejectedLogRecords: String(refused), errorMessage: why }
    return Buffer.from(JSON.stringify(refused === 0 ? {} : { partialSuccess }))
  }
  if (refused === 0) return Buffer.alloc(0)
  const partial = Buffer.concat([Buffer.from([0x08, ...varint(refused)]), textField(0x12, why)])
  return Buffer.concat([Buffer.from([0x0a, ...varint(partial.length)]), partial])
}

/** `google.rpc.Status`, which every refusal carries. */
export function statusReply(encoding: OtlpEncoding, code: number, message: string): Buffer {
  return encoding === 'json'
    ? Buffer.from(JSON.stringify({ code, message }))
    : Buffer.concat([Buffer.from([0x08, ...varint(code)]), textField(0x12, message)])
}

function textField(tag: number, text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([tag, ...varint(bytes.length)]), bytes])
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return [...bytes, rest]
}
