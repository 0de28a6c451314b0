import { expect, test } from 'vitest'
import { readS3Address } from './s3-address.ts'

const endpoint = 'endpoint=https://s3.example:9000'

test('an address says bucket, prefix, endpoint, region and style', () => {
  const { endpoint: url, ...rest } = readS3Address(
    `s3://hai-dang/ha-noi/node_1/?${endpoint}&region=vn-1&style=host`,
  )
  expect(url.href).toBe('https://s3.example:9000/')
  expect(rest).toEqual({
    bucket: 'hai-dang',
    prefix: 'ha-noi/node_1',
    region: 'vn-1',
    style: 'host',
  })
  expect(readS3Address(`s3://hai-dang?${endpoint}`)).toMatchObject({
    prefix: '',
    region: 'us-east-1',
    style: 'path',
  })
})

test.each([
  ['https://hai-dang', 'begin with s3://'],
  ['', 'begin with s3://'],
  [`s3://?${endpoint}`, 'no name of a bucket'],
  [`s3://A_B?${endpoint}`, 'no name of a bucket'],
  [`s3://key:secret@hai-dang?${endpoint}`, 'keys go to access_key and secret_key'],
  [`s3://hai-dang/../other?${endpoint}#`, undefined],
  [`s3://hai-dang/a//b?${endpoint}`, 'a prefix has'],
  [`s3://hai-dang/a%2Fb?${endpoint}`, 'a prefix has'],
  [`s3://hai-dang/${'a/'.repeat(9)}?${endpoint}`, 'a prefix has'],
  ['s3://hai-dang', 'endpoint is missing'],
  ['s3://hai-dang?endpoint=ftp://s3.example', 'endpoint is missing'],
  ['s3://hai-dang?endpoint=https://s3.example/path', 'scheme, host and port only'],
  ['s3://hai-dang?endpoint=https://a:b@s3.example', 'scheme, host and port only'],
  [`s3://hai-dang?${endpoint}&region=a/b`, 'region is a name'],
  [`s3://hai-dang?${endpoint}&style=virtual`, 'style is path or host'],
  [`s3://hai-dang?${endpoint}&regoin=a`, 'did you mean region?'],
])('%s', (text, told) => {
  if (told === undefined) expect(readS3Address(text)).toMatchObject({ prefix: 'other' })
  else expect(() => readS3Address(text)).toThrow(told)
})
