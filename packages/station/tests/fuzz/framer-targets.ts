import { bulkOperations } from '../../src/collect/elastic/bulk-operations.ts'
import { FileHead } from '../../src/collect/file-head.ts'
import { IpfixFraming } from '../../src/collect/flow/ipfix-framing.ts'
import { MessagePackReader, ValueEnd } from '../../src/collect/fluent/message-pack.ts'
import { hecEvents } from '../../src/collect/hec/hec-events.ts'
import { readFetchReply } from '../../src/collect/kafka/fetch-reply.ts'
import { unpackLz4 } from '../../src/collect/kafka/lz4.ts'
import { type RecordBatch, readBatches, readRecords } from '../../src/collect/kafka/record-batch.ts'
import { unpackSnappy } from '../../src/collect/kafka/snappy.ts'
import { LineSplitter } from '../../src/collect/line-splitter.ts'
import { LumberjackReader } from '../../src/collect/lumberjack/lumberjack-reader.ts'
import { type OtlpLogs, printRecords } from '../../src/collect/otlp/otlp-record.ts'
import { ProtobufFault } from '../../src/collect/otlp/protobuf.ts'
import { readJsonLogs } from '../../src/collect/otlp/read-json.ts'
import { readProtobufLogs } from '../../src/collect/otlp/read-protobuf.ts'
import { ProtocolError } from '../../src/collect/protocol-error.ts'
import { SyslogFraming } from '../../src/collect/syslog-framing.ts'
import { newExporters } from '../flow-harness.ts'
import {
  ipfixMessage,
  plainFields,
  plainRecord,
  setOf,
  sflowDatagram,
  templateOf,
  version5Message,
  version9Message,
  word16,
  word32,
} from '../flow-messages.ts'
import { kafkaBatch } from '../kafka-frames.ts'
import type { Target } from './fuzz.ts'
import { otlpJsonSeeds, otlpSeeds } from './otlp-seeds.ts'

const longest = 8192
const mostUnpacked = 65_536
const someBatch = onlyBatch(kafkaBatch(0, [{ value: Buffer.from('a') }, { value: null }]))
const texts = (...lines: string[]) => lines.map((line) => Buffer.from(line, 'latin1'))

/** Everything that takes a stream, a datagram or a body apart before records are in the spool. */
export const framerTargets: readonly Target[] = [
  {
    name: 'syslog framing',
    longest,
    seeds: texts(
      '<34>Nov 22 10:00:00 gate su: a\n<34>Nov 22 10:00:01 gate su: b\n',
      '12 <34>1 - - - 7 {"a":"bc"}19 <34>1 - - - - - - d\n',
      '999999999 <1>a\n5 <1>ab<1>c\n\n\r\n',
    ),
    read: (input) => framed(new SyslogFraming(4096, 512), input),
    check: accounted,
  },
  {
    name: 'line splitter',
    longest,
    seeds: texts('a\nbc\r\n\n', `${'x'.repeat(600)}\n${'y'.repeat(5000)}`),
    read: (input) => framed(new LineSplitter(4096, 512), input),
    check: accounted,
  },
  {
    name: 'lumberjack',
    longest,
    seeds: [
      Buffer.from('325700000002324a000000010000000c7b226d657373616765223a317d', 'hex'),
      Buffer.from('325700000001324300000010789c4b4c4a060000000000000000000000', 'hex'),
    ],
    read: (input) => refusing(() => lumberjackFrames(input)),
  },
  {
    name: 'fluent MessagePack',
    longest,
    seeds: [
      // ["tag", [[1, {"a": "b"}]], {"chunk": "c"}]
      Buffer.from('93a37461679192ce6a51d00081a161a16281a56368756e6ba163', 'hex'),
      // ["tag", event time, {"n": [1, -2, 3.5, true, nil]}]
      Buffer.from('93a3746167d7006a51d0000000000181a16e9501fecb400c000000000000c3c0', 'hex'),
      Buffer.from('dd00000003d90374616fc40481a161a162de0001a161c70300010203', 'hex'),
    ],
    read: (input) => refusing(() => messagePackValues(input)),
  },
  {
    name: 'OTLP protobuf',
    longest,
    seeds: otlpSeeds,
    read: (input) => refusing(() => printed(readProtobufLogs(input))),
  },
  {
    name: 'OTLP JSON',
    longest,
    seeds: otlpJsonSeeds,
    read: (input) => refusing(() => printed(readJsonLogs(input.toString('utf8')))),
  },
  {
    name: 'Elastic bulk',
    longest,
    seeds: texts(
      '{"index":{"_index":"a","_id":"1"}}\n{"message":"x"}\n{"delete":{"_id":"2"}}\n',
      '{"create":{}}\n{"a":{"b":[1,2]}}\n{"update":{"_id":"3"}}\n{"doc":{}}\n',
    ),
    read: (input) => bulkOperations(new LineSplitter(4096, 512).push(input), 'logs'),
  },
  {
    name: 'HEC events',
    longest,
    seeds: texts(
      '{"event":"a","time":1795316292.5,"fields":{"b":1}} {"event":{"c":"}"}}\n',
      '{"event":"\\"{","host":"h"}{"event":1}',
    ),
    read: (input) => hecEvents(input),
  },
  {
    name: 'file head',
    longest,
    seeds: texts('#fields\ta\tb\n#types\tint\tstring\n1\tx\n', '#Fields: a b\n1 2\n#path\tconn\n'),
    read: (input) => {
      const head = new FileHead()
      return new LineSplitter(4096, 512).push(input).map(({ bytes }) => head.take(bytes))
    },
  },
  {
    name: 'Kafka fetch and batches',
    longest,
    seeds: kafkaSeeds(),
    read: (input) => [
      refusing(() =>
        readFetchReply(input).partitions.map(({ error, aborted, bytes }) => [
          error,
          aborted.length,
          bytes.length,
        ]),
      ),
      refusing(() =>
        [...readBatches(input)].map((batch) => refusing(() => readRecords(batch, batch.body))),
      ),
      // Whatever its checksum says.
      refusing(() => readRecords(someBatch, input)),
    ],
  },
  {
    name: 'Snappy and LZ4',
    longest,
    seeds: [
      Buffer.from([0x07, 0x04, 0x61, 0x62, 0x05, 0x02]),
      Buffer.from('04224d186040ab0700000020616202000000000000000000', 'hex'),
      Buffer.concat([Buffer.from('\x82SNAPPY\0', 'latin1'), Buffer.alloc(8), word32(2), word16(0)]),
    ],
    read: (input) => [
      refusing(() => unpackSnappy(input, mostUnpacked).length),
      refusing(() => unpackLz4(input, mostUnpacked).length),
    ],
    check: (answer) => {
      for (const length of answer as unknown[]) {
        if (typeof length === 'number' && length > mostUnpacked) throw new Error('beyond the bound')
      }
    },
  },
  {
    name: 'IPFIX over TCP',
    longest,
    seeds: [
      Buffer.concat(flowSeeds().slice(0, 1)),
      Buffer.concat([...flowSeeds(), ...flowSeeds()]),
    ],
    read: (input) => {
      const { send } = newExporters()
      const framing = new IpfixFraming()
      const half = Math.floor(input.length / 2)
      const parts = [input.subarray(0, half), input.subarray(half)]
      const messages = parts.flatMap((part) => framing.push(part))
      return [framing.pending, messages.map((message) => send(message))]
    },
    check: (answer) => {
      const [pending] = answer as [number]
      if (pending > 65_535 + longest) throw new Error('more held than a message')
    },
  },
  {
    name: 'NetFlow, IPFIX, sFlow',
    longest: 1500,
    seeds: flowSeeds(),
    read: (input) => {
      const { send } = newExporters()
      send(ipfixMessage([setOf(2, templateOf(256, plainFields))]))
      return [send(input), send(input)]
    },
  },
]

function onlyBatch(bytes: Buffer): RecordBatch {
  for (const batch of readBatches(bytes)) return batch
  throw new Error('no batch')
}

function kafkaSeeds(): Buffer[] {
  const key = Buffer.from('k')
  const batch = kafkaBatch(3, [{ key, value: key, headers: [['h', key]] }, { value: null }])
  const reply = Buffer.concat([
    word32(0),
    word16(0),
    word32(0, 1),
    word16(1),
    Buffer.from('t'),
    word32(1, 0),
    word16(0),
    word32(0, 5, 0, 5, 0, 0, 1, 0, 9, 0, 3, 0xffffffff, batch.length),
    batch,
  ])
  return [batch, Buffer.concat([batch, batch]), reply, batch.subarray(61)]
}

function flowSeeds(): Buffer[] {
  const template = setOf(2, templateOf(256, plainFields))
  const data = setOf(256, plainRecord(1), plainRecord(2))
  return [
    ipfixMessage([template, data]),
    version9Message([setOf(0, templateOf(256, plainFields)), data]),
    version5Message(2),
    sflowDatagram(2),
  ]
}

interface Framer {
  push(chunk: Uint8Array): { readonly bytes: Uint8Array; readonly length: number }[]
  end(): { readonly bytes: Uint8Array; readonly length: number } | undefined
}

/** What comes out of a stream that arrives in three parts, and how long it was. */
function framed(framer: Framer, input: Buffer) {
  const third = Math.floor(input.length / 3)
  const parts = [
    input.subarray(0, third),
    input.subarray(third, 2 * third),
    input.subarray(2 * third),
  ]
  const found = parts.flatMap((part) => framer.push(part))
  const last = framer.end()
  return { lines: last ? [...found, last] : found, bytes: input.length }
}

/** No line is longer than allowed. */
function accounted(answer: unknown): void {
  const { lines } = answer as ReturnType<typeof framed>
  for (const { bytes } of lines) if (bytes.length > 4096) throw new Error('a line beyond the bound')
}

/** What a reader answers, or that it refuses as the protocol has it. */
function refusing(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    const expected =
      error instanceof ProtocolError ||
      error instanceof ProtobufFault ||
      error instanceof SyntaxError
    if (expected) return error.message
    throw error
  }
}

function lumberjackFrames(input: Buffer): unknown {
  const reader = new LumberjackReader()
  const half = Math.floor(input.length / 2)
  return [
    ...reader.push(Buffer.from(input.subarray(0, half))),
    ...reader.push(Buffer.from(input.subarray(half))),
  ]
}

function messagePackValues(input: Buffer): unknown {
  const end = new ValueEnd().find(input)
  if (end === undefined) return 'not whole'
  const reader = new MessagePackReader(input.subarray(0, end))
  const values = reader.array()
  const read: unknown[] = []
  for (let i = 0; i < values; i++) {
    if (reader.kind === 'map') {
      const pairs = reader.map()
      for (let pair = 0; pair < pairs; pair++) read.push(reader.pair(1))
    } else read.push(reader.skip().length)
  }
  return read
}

function printed({ groups, refused }: OtlpLogs): unknown {
  return [refused, ...groups.flatMap((group) => [...printRecords(group)].map(String))]
}
