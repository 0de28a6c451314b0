import type { ServerResponse } from 'node:http'
import { answering, blobsOn, breaking, started } from '@haidang/testbed/s3-place'
import { expect, test } from 'vitest'

const large = Buffer.alloc(16_800_000, 'một tệp lớn ')

test('of an upload in parts only the broken part is repeated; without its last word nothing is visible', async () => {
  const server = await started()
  const blobs = blobsOn(server)
  const pass = () => false
  server.next(pass, pass, breaking)
  const sha256 = await blobs.put(large)
  expect(server.asked.filter((asked) => asked.startsWith('PUT'))).toHaveLength(4)
  expect((await blobs.get(sha256))?.length).toBe(large.length)

  await blobs.remove(sha256)
  server.next(pass, pass, pass, pass, answering(403, 'AccessDenied'))
  await expect(blobs.put(large)).rejects.toMatchObject({ code: 'blobs.refused' })
  expect([server.objects.size, server.uploads.size]).toEqual([0, 0])
})

test('a last word that was heard and not answered, or answered with a fault after 200, is made good', async () => {
  const server = await started()
  const blobs = blobsOn(server)
  const pass = () => false
  server.next(pass, pass, pass, pass, server.loseAnswer)
  const sha256 = await blobs.put(large)
  expect(server.objects.size).toBe(1)
  await blobs.remove(sha256)
  server.next(pass, pass, pass, pass, answering(200, 'InternalError'))
  expect(await blobs.put(large)).toBe(sha256)
  expect(server.objects.size).toBe(1)
})

test.each([
  ['no name of an upload', (response: ServerResponse) => response.end('<a/>')],
  ['a name that is none', (r: ServerResponse) => r.end(`<UploadId>${'a'.repeat(2000)}</UploadId>`)],
  ['more than an answer has', (r: ServerResponse) => r.end(Buffer.alloc(100_000, 'a'))],
])('an upload in parts is not begun on %s', async (_, answer) => {
  const server = await started()
  server.next((request, response) => {
    request.resume()
    answer(response)
    return true
  })
  await expect(blobsOn(server).put(large)).rejects.toMatchObject({ code: 'blobs.unavailable' })
  expect(server.objects.size).toBe(0)
})
