/** A field of protobuf that holds bytes. */
function field(number: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content)
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; left > 0x7f; left >>>= 7) bytes.push((left & 0x7f) | 0x80)
  return Buffer.from([...bytes, value >>> (7 * bytes.length)])
}

const text = (value: string) => field(1, Buffer.from(value))
const attribute = (key: string, value: Buffer) => field(6, text(key), field(2, value))
const time = Buffer.concat([Buffer.from([0x09]), Buffer.from('0040d1a5c3e0ea18', 'hex')])
const record = (...parts: readonly Buffer[]) => field(2, time, Buffer.from([0x10, 9]), ...parts)
const request = (...records: readonly Buffer[]) =>
  field(1, field(1, field(1, text('host.name'), field(2, text('gate')))), field(2, ...records))

/** Requests to OTLP/HTTP in protobuf. */
export const otlpSeeds: readonly Buffer[] = [
  request(record(field(5, text('hello')))),
  request(
    record(
      field(5, field(6, field(1, text('k'), field(2, text('v'))))),
      attribute('list', field(5, field(1, text('a')), field(1, Buffer.from([0x18, 5])))),
    ),
    record(field(9, Buffer.alloc(16, 7)), field(10, Buffer.alloc(8, 7))),
  ),
]

/** The same in JSON. */
export const otlpJsonSeeds: readonly Buffer[] = [
  {
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'host.name', value: { stringValue: 'gate' } }] },
        scopeLogs: [
          {
            scope: { name: 'app', version: '1' },
            logRecords: [
              {
                timeUnixNano: '1795316292000000000',
                severityNumber: 9,
                body: { stringValue: 'hello' },
                attributes: [
                  { key: 'n', value: { intValue: '9007199254740993' } },
                  { key: 'l', value: { arrayValue: { values: [{ boolValue: true }] } } },
                  { key: 'm', value: { kvlistValue: { values: [] } } },
                ],
                traceId: '0af7651916cd43dd8448eb211c80319c',
              },
            ],
          },
        ],
      },
    ],
  },
].map((request) => Buffer.from(JSON.stringify(request)))
