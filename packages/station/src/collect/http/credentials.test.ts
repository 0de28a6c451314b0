import { expect, test } from 'vitest'
import { tokenOf } from './credentials.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['Bearer hds_x', 'hds_x'],
  ['splunk hds_x', 'hds_x'],
  [`Basic ${base64('any one:hds_x')}`, 'hds_x'],
  [`ApiKey ${base64('id:hds_x')}`, 'hds_x'],
  ['ApiKey hds_x', 'hds_x'],
  [`Basic ${base64('no colon')}`, undefined],
  [`Basic ${base64('user:')}`, undefined],
  ['Negotiate abc', undefined],
  ['Bearer', undefined],
  [`Bearer ${'x'.repeat(2000)}`, undefined],
  [undefined, undefined],
])('%s carries the token %s', (header, token) => expect(tokenOf(header)).toBe(token))
