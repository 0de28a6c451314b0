import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { queryText, signedHeaders } from './s3-signature.ts'

// Requests and signatures published with the description of Signature Version 4 for S3.
const credentials = {
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
}
const at = '2013-05-24T00:00:00.000Z'
const nothing = createHash('sha256').digest('hex')

test.each([
  {
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    method: 'GET',
    path: '/test.txt',
    headers: { range: 'bytes=0-9' },
    payload: nothing,
  },
  {
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    method: 'PUT',
    path: '/test%24file.text',
    headers: {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    },
    payload: createHash('sha256').update('Welcome to Amazon S3.').digest('hex'),
  },
  {
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    method: 'GET',
    path: '/?lifecycle',
    headers: {},
    payload: nothing,
  },
  {
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    method: 'GET',
    path: '/?prefix=J&max-keys=2',
    headers: {},
    payload: nothing,
  },
])('$method $path is signed as published', ({ signature, path, ...request }) => {
  const url = new URL(path, 'https://examplebucket.s3.amazonaws.com')
  const { authorization } = signedHeaders({ ...request, url, at }, credentials)
  expect(authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20130524\/us-east-1\/s3\/aws4_request, /,
  )
  expect(authorization?.slice(-64)).toBe(signature)
})

test('what servers write otherwise in a query is written in hexadecimal', () => {
  expect(queryText("a b+c/d~e*(f)!'")).toBe('a%20b%2Bc%2Fd~e%2A%28f%29%21%27')
})
