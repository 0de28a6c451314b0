import { expect, test } from 'vitest'
import { began, newExporters } from '../../../tests/flow-harness.ts'
import {
  type Field,
  ipfixMessage,
  optionsOf,
  plainFields,
  plainRecord,
  setOf,
  sflowDatagram,
  templateOf,
  version5Message,
  version9Message,
  word16,
  word32,
} from '../../../tests/flow-messages.ts'

const oneHour = 3_600_000

const plain = setOf(2, templateOf(256, plainFields))
const data = (...sizes: number[]) => setOf(256, ...sizes.map(plainRecord))
const bytesOf = (records: readonly Record<string, unknown>[]) =>
  records.map(({ octetDeltaCount }) => octetDeltaCount)

test('flows before their template wait for it and come with it, none twice', () => {
  const { send, gaveUp } = newExporters()
  expect(send(ipfixMessage([data(1, 2)]))).toEqual([])
  expect(send(ipfixMessage([data(3)]))).toEqual([])
  expect(bytesOf(send(ipfixMessage([plain, data(4)])))).toEqual([1, 2, 3, 4])
  expect(gaveUp(oneHour)).toEqual([])
})

test('flows whose template never comes are given up after a quarter of an hour, with their octets', () => {
  const { send, gaveUp } = newExporters()
  send(ipfixMessage([data(1)], { domain: 7 }))
  expect(gaveUp(800_000)).toEqual([])
  expect(gaveUp(901_000)).toMatchObject([
    {
      problem: 'flow.template-unknown',
      detail: 'template 256 of domain 7 was not announced in time',
      octets: plainRecord(1).toString('base64'),
    },
  ])
})

test('another address, domain or protocol announces nothing for this exporter', () => {
  const { send } = newExporters()
  send(ipfixMessage([plain]))
  const other = setOf(2, templateOf(256, [[1, 4]]))
  send(ipfixMessage([other]), '192.0.2.66')
  send(ipfixMessage([other], { domain: 1 }))
  send(version9Message([setOf(0, templateOf(256, [[1, 4]]))]))
  expect(send(ipfixMessage([data(5)]))).toMatchObject([
    { octetDeltaCount: 5, sourceIPv4Address: '192.0.2.1', destinationTransportPort: 443 },
  ])
})

test('a template announced differently counts from then on', () => {
  const { send } = newExporters()
  expect(bytesOf(send(ipfixMessage([plain, data(1)])))).toEqual([1])
  const shorter = setOf(2, templateOf(256, [[1, 4]]))
  expect(bytesOf(send(ipfixMessage([shorter, setOf(256, word32(7, 8))])))).toEqual([7, 8])
})

test('withdrawals by UDP change nothing; templates not announced for two hours are forgotten', () => {
  const { send, wait } = newExporters()
  send(ipfixMessage([plain]))
  send(ipfixMessage([setOf(2, word16(256, 0)), setOf(2, word16(2, 0))]))
  expect(send(ipfixMessage([data(1)])).length).toBe(1)
  wait(2 * oneHour + 1000)
  expect(send(ipfixMessage([data(1)]))).toEqual([])
})

test('lengths in records, fields of enterprises, the other direction, and padding', () => {
  const { send } = newExporters()
  const fields: Field[] = [
    [460, 65_535],
    [1, 4],
    [1, 4, 29_305],
    [205, 65_535, 35_632],
    [77, 2, 4242],
    [210, 2],
  ]
  const long = 'a'.repeat(300)
  const record = Buffer.concat([
    Buffer.from([3]),
    Buffer.from('web'),
    word32(10, 20),
    Buffer.from([255]),
    word16(long.length),
    Buffer.from(long),
    word16(0xabcd, 0),
  ])
  expect(
    send(ipfixMessage([setOf(2, templateOf(256, fields)), setOf(256, record, Buffer.alloc(3))])),
  ).toEqual([
    {
      flowProtocol: 'ipfix',
      exporter: '192.0.2.9',
      exportTime: began,
      observationDomainId: 0,
      templateId: 256,
      httpRequestHost: 'web',
      octetDeltaCount: 10,
      reverseOctetDeltaCount: 20,
      dnsQueryName: long,
      'enterprise.4242.77': 'abcd',
    },
  ])
})

test('rates of sampling: in options, by sampler and alone, and in headers', () => {
  const { send } = newExporters()
  const sampled: Field[] = [
    [48, 1],
    [1, 4],
  ]
  const options = setOf(
    3,
    optionsOf(300, [
      [48, 1],
      [34, 4],
    ]),
  )
  const rates = setOf(300, Buffer.from([1, 0, 0, 0, 100, 2, 0, 0, 3, 232]))
  const templates = setOf(2, templateOf(256, sampled), templateOf(257, [[1, 4]]))
  const flows = setOf(256, Buffer.from([2, 0, 0, 0, 9]))
  const nameless = setOf(257, word32(5))
  const of = (records: readonly Record<string, unknown>[]) =>
    records.map(({ samplingInterval }) => samplingInterval)
  expect(of(send(ipfixMessage([templates, options, rates, flows, nameless])))).toEqual([
    1000,
    undefined,
  ])
  const single = ipfixMessage([options, setOf(300, word16(0x0100, 0, 0x3200)), templates, nameless])
  expect(of(send(single, '192.0.2.10'))).toEqual([50])
  expect(of(send(version5Message(1, { sampling: 0x4064 })))).toEqual([100])
})

test('times: by uptime, in fractions of 2³² and before the export', () => {
  const { send } = newExporters()
  const uptimes = setOf(
    0,
    templateOf(256, [
      [22, 4],
      [21, 4],
    ]),
  )
  const [flow] = send(
    version9Message([uptimes, setOf(256, word32(999_000, 999_500))], { uptime: 1_000_000 }),
  )
  expect(flow).toMatchObject({
    flowStartMilliseconds: began - 1000,
    flowEndMilliseconds: began - 500,
  })
  // The uptime wrapped after the flow had begun.
  const [wrapped] = send(
    version9Message([setOf(256, word32(4_294_967_000, 200))], { uptime: 1000 }),
  )
  expect(wrapped).toMatchObject({
    flowStartMilliseconds: began - 1296,
    flowEndMilliseconds: began - 800,
  })
  const fractions = setOf(
    2,
    templateOf(256, [
      [154, 8],
      [159, 4],
    ]),
  )
  const seconds = began / 1000 + 2_208_988_800 - 2
  const [fraction] = send(ipfixMessage([fractions, setOf(256, word32(seconds, 2 ** 31, 250_000))]))
  expect(fraction).toMatchObject({
    flowStartMilliseconds: began - 1500,
    flowEndMilliseconds: began - 250,
  })
  // softflowd's IPFIX tells in options when it was started.
  const uptimesToo = setOf(
    2,
    templateOf(400, [
      [22, 4],
      [21, 4],
    ]),
  )
  const boot = setOf(
    3,
    optionsOf(401, [
      [143, 4],
      [160, 8],
    ]),
  )
  const started = Buffer.alloc(8)
  started.writeBigUInt64BE(BigInt(began - 60_000))
  const [late] = send(
    ipfixMessage([
      boot,
      setOf(401, word32(1), started),
      uptimesToo,
      setOf(400, word32(1000, 2000)),
    ]),
  )
  expect(late).toMatchObject({ flowStartMilliseconds: began - 59_000 })
})

test('what is missing in the numbers: flows, messages, records and samples', () => {
  const five = newExporters()
  five.send(version5Message(10, { sequence: 100 }))
  five.send(version5Message(10, { sequence: 130 }))
  expect(five.missing()).toBe(20)
  const nine = newExporters()
  nine.send(version9Message([], { sequence: 1 }))
  nine.send(version9Message([], { sequence: 5 }))
  expect(nine.missing()).toBe(3)
  const ipfix = newExporters()
  ipfix.send(ipfixMessage([plain, data(1, 2)], { sequence: 0 }))
  ipfix.send(ipfixMessage([data(3)], { sequence: 9 }))
  expect(ipfix.missing()).toBe(7)
  const sflow = newExporters()
  sflow.send(sflowDatagram(3, { sequence: 10 }))
  sflow.send(sflowDatagram(3, { sequence: 15 }))
  expect(sflow.missing()).toBe(2)
})

test('a sampled packet says what its header says; counters are counted and left', () => {
  const { send, ignored } = newExporters()
  expect(send(sflowDatagram(1))).toEqual([
    {
      flowProtocol: 'sflow5',
      exporter: '192.0.2.9',
      agent: '192.0.2.10',
      observationDomainId: 0,
      dataLinkFrameSize: 1518,
      destinationMacAddress: '00:00:5e:00:53:02',
      sourceMacAddress: '00:00:5e:00:53:01',
      vlanId: 20,
      ethernetType: 2048,
      sourceIPv4Address: '192.0.2.1',
      destinationIPv4Address: '198.51.100.2',
      protocolIdentifier: 17,
      ipClassOfService: 0,
      ipTTL: 64,
      sourceTransportPort: 53_000,
      destinationTransportPort: 53,
      samplingInterval: 512,
      ingressInterface: 4,
      egressInterface: 9,
    },
  ])
  expect(ignored).toEqual(['1 counters'])
})

test('what is none of these is a reject with its octets', () => {
  const { send } = newExporters()
  expect(send(Buffer.from([0, 7, 1, 2]))).toMatchObject([
    { problem: 'flow.version-unknown', octets: 'AAcBAg==' },
  ])
  expect(send(version5Message(3).subarray(0, 100))).toMatchObject([{ problem: 'flow.malformed' }])
  expect(send(ipfixMessage([plain]).subarray(0, 30))).toMatchObject([{ problem: 'flow.malformed' }])
})

test('an exporter that is known stays known however many others appear', () => {
  const { send } = newExporters()
  send(ipfixMessage([plain]))
  for (let other = 0; other < 2000; other++) send(ipfixMessage([plain], { domain: 1 + other }))
  expect(send(ipfixMessage([data(1)])).length).toBe(1)
  expect(send(ipfixMessage([plain], { domain: 3000 }))).toMatchObject([
    { problem: 'flow.templates-too-many' },
  ])
})
