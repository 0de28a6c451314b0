import { expect, test } from 'vitest'
import { contentOf, fieldOf, mimeEntity, partsOf } from './mime-entity.ts'

const lines = (...text: string[]) => text.join('\r\n')

test('parts are what stood between the boundaries, byte for byte', () => {
  const entity = mimeEntity(
    lines(
      'Subject: a',
      ' long one',
      'Content-Type: Multipart/Signed; micalg=pgp-sha256;',
      ' protocol="application/pgp-signature"; boundary="a;b"',
      '',
      'nobody reads this',
      '--a;b',
      'Content-Type: text/plain',
      '',
      'trailing space ',
      '--a;bc is no boundary of ours, but begins as one',
      '',
      '--a;b  ',
      '',
      'signature',
      '--a;b--',
      'nor this',
    ),
  )
  expect(entity.type).toBe('multipart/signed')
  expect(entity.parameters.get('protocol')).toBe('application/pgp-signature')
  expect(fieldOf(entity.fields, 'subject')).toBe('a long one')
  expect(partsOf(entity)).toEqual([
    lines(
      'Content-Type: text/plain',
      '',
      'trailing space ',
      '--a;bc is no boundary of ours, but begins as one',
      '',
    ),
    lines('', 'signature'),
  ])
})

test('what was encoded for the way is decoded', () => {
  const encoded = (encoding: string, body: string) =>
    Buffer.from(contentOf(mimeEntity(lines(`Content-Transfer-Encoding: ${encoding}`, '', body))))
  expect(encoded('BASE64', 'xJHhu4s=').toString()).toBe('đị')
  expect(encoded('quoted-printable', 'a=3Db =\r\nc').toString()).toBe('a=b c')
  expect(encoded('7bit', 'abc').toString()).toBe('abc')
})

test('a mail without a body, a boundary or an end has no parts', () => {
  expect(partsOf(mimeEntity('Subject: x'))).toEqual([])
  expect(partsOf(mimeEntity(lines('Content-Type: multipart/mixed', '', '--x')))).toEqual([])
  const cut = mimeEntity(lines('Content-Type: multipart/mixed; boundary=x', '', '--x', '', 'cut'))
  expect(partsOf(cut)).toEqual([lines('', 'cut')])
})
