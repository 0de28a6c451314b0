import { started } from '@haidang/testbed/s3-place'
import { expect, onTestFinished, test } from 'vitest'
import { readS3Address } from '../blobs/s3/s3-address.ts'
import { S3Client } from '../blobs/s3/s3-client.ts'
import { systemClock } from '../clock.ts'
import { BackupShelf } from './backup-shelf.ts'
import { BucketPlace } from './bucket-place.ts'

test('a shelf stands in a bucket as it does in a directory, below the name of its node', async () => {
  const server = await started()
  const { accessKey, secretKey, endpoint } = server
  const address = readS3Address(`s3://bucket/p?region=vn-1&endpoint=${endpoint}`)
  const client = new S3Client({ address, accessKey, secretKey, clock: systemClock, patience: 2000 })
  const place = new BucketPlace(client, 's3://bucket/p', 'nod_x')
  onTestFinished(() => place.close())
  const shelf = await BackupShelf.open(place)
  expect(shelf.backups).toEqual([])
  await shelf.begin('b1')
  const piece = await shelf.nextPiece()
  await place.write(piece, Buffer.from('x'))
  expect([...server.objects.keys()].every((name) => name.includes('backups/nod_x/'))).toBe(true)
  expect(Buffer.from((await place.read(piece)) ?? []).toString()).toBe('x')
  await (await BackupShelf.open(place)).begin('b2')
  expect(await place.read(piece)).toBeUndefined()
})
