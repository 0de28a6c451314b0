import { Agent } from 'node:http'
import { answering, blobsOn, breaking, started } from '@haidang/testbed/s3-place'
import { tlsOf } from '@haidang/testbed/tls'
import { expect, test } from 'vitest'
import { ManualClock, systemClock } from '../../clock.ts'
import { readS3Address } from './s3-address.ts'
import { S3Blobs } from './s3-blobs.ts'
import { S3Client } from './s3-client.ts'

const bytes = Buffer.from('chứng cứ')

test('what passes is asked again: broken connections, 500, slow down, a lost answer', async () => {
  const server = await started()
  const blobs = blobsOn(server)
  server.next(breaking, answering(503, 'SlowDown'), server.loseAnswer)
  const sha256 = await blobs.put(bytes)
  expect(server.asked).toHaveLength(4)
  expect([...server.objects]).toEqual([[expect.stringContaining(sha256), bytes]])
  server.next(answering(500, 'InternalError'), breaking)
  expect(await blobs.get(sha256)).toEqual(bytes)
})

test('a service that stays away is told within the patience', async () => {
  const server = await started()
  const blobs = blobsOn(server, { patience: 500 })
  await server[Symbol.asyncDispose]()
  await expect(blobs.put(bytes)).rejects.toMatchObject({
    code: 'blobs.unavailable',
    message: expect.stringContaining('ECONNREFUSED'),
  })
})

test.each([
  ['blobs.access_key', 'does not know the access key', { accessKey: 'OTHER' }],
  ['blobs.secret_key', 'does not belong to the access key', { secretKey: 'other' }],
  ['clock', 'clocks', { clock: new ManualClock('2020-01-01T00:00:00.000Z') }],
])('%s is named with cause and remedy, after one question', async (field, cause, change) => {
  const server = await started()
  const blobs = blobsOn(server, change)
  const told = {
    code: 'blobs.refused',
    errors: [{ field, cause: expect.stringContaining(cause), remedy: expect.any(String) }],
  }
  await expect(blobs.put(bytes)).rejects.toMatchObject(told)
  await expect(blobs.get('0'.repeat(64))).rejects.toMatchObject(told)
  await expect(blobs.probe()).rejects.toMatchObject(told)
  expect(server.asked).toHaveLength(3)
})

test.each([
  ['another bucket', 's3://other-bucket?', 'no such bucket'],
  ['another region', 's3://bucket?region=elsewhere&', 'another region'],
])('%s is no file that is missing', async (_, url, cause) => {
  const blobs = blobsOn(await started(), {}, url)
  await expect(blobs.get('0'.repeat(64))).rejects.toThrow(cause)
})

test("anybody else's 404 is no word of a service", async () => {
  const server = await started()
  server.next((request, response) => {
    request.resume()
    response.writeHead(404).end('<html>nginx</html>')
    return true
  })
  await expect(blobsOn(server).get('0'.repeat(64))).rejects.toMatchObject({ code: 'blobs.refused' })
})

test('no redirect is followed', async () => {
  const [server, elsewhere] = [await started(), await started()]
  const blobs = blobsOn(server)
  for (const status of [301, 302, 307, 308]) {
    server.next(answering(status, '', { location: `${elsewhere.endpoint}/bucket/` }))
    await expect(blobs.put(bytes)).rejects.toThrow('another region or at another endpoint')
  }
  expect(elsewhere.asked).toEqual([])
})

test('no room is a full disk', async () => {
  const server = await started()
  const blobs = blobsOn(server)
  for (const answer of [answering(403, 'QuotaExceeded'), answering(507, 'XMinioStorageFull')]) {
    server.next(answer)
    await expect(blobs.put(bytes)).rejects.toMatchObject({ code: 'ingest.disk-full' })
  }
})

test('an upload that breaks in the middle leaves nothing visible', async () => {
  const server = await started()
  server.next((request) => {
    request.once('data', () => request.socket.destroy())
    return true
  })
  const blobs = blobsOn(server, { patience: 0 })
  await expect(blobs.put(Buffer.alloc(15_000_000))).rejects.toMatchObject({
    code: 'blobs.unavailable',
  })
  expect([...server.objects.keys()]).toEqual([])
})

test('refusals of any size and form are read up to a bound', async () => {
  const server = await started()
  const blobs = blobsOn(server, { patience: 0 })
  const entities = Array.from({ length: 60 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`)
  const bomb = `<!DOCTYPE e [<!ENTITY e0 "ha">${entities.join('')}]><Error><Code>&e60;</Code></Error>`
  for (const body of [bomb, '<a>'.repeat(1_000_000), '<Code>'.repeat(5_000), '\u0000'.repeat(99)]) {
    server.next((request, response) => {
      request.resume()
      response.writeHead(418).end(body)
      return true
    })
    await expect(blobs.get('0'.repeat(64))).rejects.toMatchObject({
      code: 'blobs.refused',
      message: 'the file store refused: 418; see the log of the file store',
    })
  }
})

test('a refusal that never ends is left', async () => {
  const server = await started()
  let closed = false
  server.next((request, response) => {
    request.resume()
    response.writeHead(400)
    const more = () => response.write('a'.repeat(16_384)) || response.once('drain', more)
    const timer = setInterval(more, 1)
    response.once('close', () => {
      closed = true
      clearInterval(timer)
    })
    return true
  })
  await expect(blobsOn(server).get('0'.repeat(64))).rejects.toThrow('refused: 400')
  await expect.poll(() => closed).toBe(true)
})

test('an answer shorter than it said is asked again; other content is not given out', async () => {
  const server = await started()
  const blobs = blobsOn(server)
  const sha256 = await blobs.put(bytes)
  server.next((_, response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, 4), () => response.destroy())
    return true
  })
  expect(await blobs.get(sha256)).toEqual(bytes)
  server.next((_, response) => {
    response.end('something else')
    return true
  })
  await expect(blobs.get(sha256)).rejects.toThrow('has been changed in the bucket')
})

test('the bucket may stand before the name of the host', async () => {
  const server = await started()
  const { accessKey, secretKey, port } = server
  const endpoint = `http://bucket-host.example:${port}`
  const address = readS3Address(`s3://bucket?style=host&region=vn-1&endpoint=${endpoint}`)
  const agent = new Agent({
    lookup: (_, __, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
  })
  const keys = { accessKey, secretKey, clock: systemClock, patience: 2_000 }
  const sha256 = await new S3Blobs(new S3Client({ address, agent, ...keys }), 'kind').put(bytes)
  expect([...server.objects.keys()]).toEqual([expect.stringMatching(`^bucket/kind/.*${sha256}$`)])
})

test('over TLS only the authority that was given is trusted', async () => {
  const { key, cert, authority } = await tlsOf('127.0.0.1')
  const server = await started({ tls: { key, cert } })
  await expect(blobsOn(server).put(bytes)).rejects.toMatchObject({
    code: 'blobs.refused',
    errors: [{ field: 'blobs.authority' }],
  })
  expect(server.asked).toEqual([])
  const trusting = blobsOn(server, { authority })
  expect(await trusting.get(await trusting.put(bytes))).toEqual(bytes)
})

test('a closed client breaks off what is under way', async () => {
  const server = await started()
  const { endpoint, accessKey, secretKey } = server
  const address = readS3Address(`s3://bucket?region=vn-1&endpoint=${endpoint}`)
  const keys = { accessKey, secretKey, clock: systemClock, patience: 60_000 }
  const client = new S3Client({ address, ...keys })
  server.next((request) => {
    request.resume()
    client.close()
    return true
  })
  await expect(new S3Blobs(client, 'kind').put(bytes)).rejects.toMatchObject({
    code: 'blobs.unavailable',
  })
})
