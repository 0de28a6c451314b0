import { describe, expect, test } from 'vitest'
import { fires, problemOf } from './trial.ts'

const one = (step: object): object[] => [{ transformations: [step] }]

describe('field names', () => {
  const mapping = {
    type: 'field_name_mapping',
    mapping: { Image: 'exe', User: ['u.name', 'u.id'] },
  }

  test('a mapped name takes the place of the written one', () => {
    const selection = { 'Image|endswith': '\\cmd.exe', Other: 'x' }
    expect(fires(one(mapping), selection, { exe: 'C:\\cmd.exe', Other: 'x' })).toBe(true)
    expect(fires(one(mapping), selection, { Image: 'C:\\cmd.exe', Other: 'x' })).toBe(false)
  })

  test('of several names any will do', () => {
    expect(fires(one(mapping), { User: 'an' }, { 'u.name': 'an' })).toBe(true)
    expect(fires(one(mapping), { User: 'an' }, { u: { id: 'an' } })).toBe(true)
    expect(fires(one(mapping), { User: ['an', 'binh'], Image: 'x' }, { u: { id: 'an' } })).toBe(
      false,
    )
  })

  test('what must be absent is absent under all names', () => {
    expect(fires(one(mapping), { User: null }, { 'u.name': 'an' })).toBe(false)
    expect(fires(one(mapping), { User: null }, {})).toBe(true)
    expect(fires(one(mapping), { 'User|exists': false }, { 'u.id': 'an' })).toBe(false)
    expect(fires(one(mapping), { 'User|neq': 'an' }, { 'u.name': 'binh', 'u.id': 'an' })).toBe(
      false,
    )
    expect(fires(one(mapping), { 'User|neq': 'an' }, { 'u.name': 'binh' })).toBe(true)
  })

  test('fields that values refer to are mapped too', () => {
    expect(fires(one(mapping), { 'Image|fieldref': 'User' }, { exe: 'a', 'u.id': 'a' })).toBe(true)
    expect(fires(one(mapping), { 'Image|fieldref': 'User' }, { exe: 'a', User: 'a' })).toBe(false)
  })

  test('keywords can be given a field and stay keywords in it', () => {
    const step = { type: 'field_name_mapping', mapping: { null: 'message' } }
    expect(fires(one(step), ['segfault'], { message: 'a SEGFAULT b' })).toBe(true)
    expect(fires(one(step), ['segfault'], { other: 'a segfault b' })).toBe(false)
  })

  test.each([
    [{ type: 'field_name_prefix', prefix: 'win.' }, 'win.Image'],
    [{ type: 'field_name_suffix', suffix: '.keyword' }, 'Image.keyword'],
    [{ type: 'field_name_prefix_mapping', mapping: { Im: ['x', 'process.im'] } }, 'process.image'],
    [{ type: 'field_name_transform', transform_func: 'snake_case' }, 'image'],
    [{ type: 'field_name_transform', transform_func: 'upper_case' }, 'IMAGE'],
    [{ type: 'field_name_transform', transform_func: 'lower', mapping: { Image: 'i' } }, 'i'],
  ])('%j makes %s of Image', (step, name) => {
    expect(fires(one(step), { Image: 'a' }, { [name]: 'a' })).toBe(true)
    expect(fires(one(step), { Image: 'a' }, { Image: 'a' })).toBe(false)
    expect(fires(one(step), ['word'], { any: 'a word' })).toBe(true)
  })
})

describe('values', () => {
  test('replace_string works on the text as people see it and keeps wildcards', () => {
    const step = { type: 'replace_string', regex: '^\\*\\\\(.*)$', replacement: '*/\\1' }
    expect(fires(one(step), { Image: '*\\cmd.exe' }, { Image: 'a/cmd.exe' })).toBe(true)
    expect(fires(one(step), { 'Image|endswith': '\\cmd.exe' }, { Image: 'a/cmd.exe' })).toBe(true)
    expect(fires(one(step), { 'Image|endswith': '\\cmd.exe' }, { Image: 'a\\cmd.exe' })).toBe(false)
  })

  test('replace_string leaves a literal star literal, and a backslash before a wildcard plain', () => {
    const step = { type: 'replace_string', regex: 'a', replacement: 'b' }
    expect(fires(one(step), { F: 'a\\*' }, { F: 'b*' })).toBe(true)
    expect(fires(one(step), { F: 'a\\*' }, { F: 'bx' })).toBe(false)
    expect(fires(one(step), { 'F|startswith': 'C:\\a\\' }, { F: 'C:\\b\\x' })).toBe(true)
    expect(fires(one(step), { 'F|startswith': 'C:\\a\\' }, { F: 'C:\\b*' })).toBe(false)
  })

  test('replace_string reads named groups, numbers, and escapes of its replacement', () => {
    const named = { type: 'replace_string', regex: '(?P<x>\\d+)', replacement: '<\\g<x>>' }
    expect(fires(one(named), { F: 4688 }, { F: '<4688>' })).toBe(true)
    const star = { type: 'replace_string', regex: 'x', replacement: '*' }
    expect(fires(one(star), { F: 'axb' }, { F: 'a anything b' })).toBe(true)
    const literal = { type: 'replace_string', regex: 'x', replacement: '\\*' }
    expect(fires(one(literal), { F: 'axb' }, { F: 'a*b' })).toBe(true)
    expect(fires(one(literal), { F: 'axb' }, { F: 'a anything b' })).toBe(false)
  })

  test('skip_special looks between wildcards; new ones only with interpret_special', () => {
    const step = { type: 'replace_string', regex: '^', replacement: '*', skip_special: true }
    expect(fires(one(step), { F: 'a?b' }, { F: '*ax*b' })).toBe(true)
    expect(fires(one(step), { F: 'a?b' }, { F: 'zzaxzzb' })).toBe(false)
    expect(fires(one({ ...step, interpret_special: true }), { F: 'a?b' }, { F: 'zzaxzzb' })).toBe(
      true,
    )
  })

  test('an expression that could take for ever is matched in linear time', () => {
    const step = { type: 'replace_string', regex: '(a+)+$', replacement: 'b' }
    expect(fires(one(step), { F: `${'a'.repeat(5_000)}!` }, { F: 'x' })).toBe(false)
  })

  test('map_string exchanges whole values for one or several', () => {
    const step = { type: 'map_string', mapping: { root: ['an', 'binh'], '*x*': 'y' } }
    expect(fires(one(step), { F: ['root', 'lan'] }, { F: 'binh' })).toBe(true)
    expect(fires(one(step), { F: ['root', 'lan'] }, { F: 'lan' })).toBe(true)
    expect(fires(one(step), { F: ['root', 'lan'] }, { F: 'root' })).toBe(false)
    expect(fires(one(step), { 'F|contains': 'x' }, { F: 'y' })).toBe(true)
    expect(fires(one(step), { 'F|contains': ['x', 'z'] }, { F: 'azb' })).toBe(true)
  })

  test('set_value forgets how the old values were compared', () => {
    const step = { type: 'set_value', value: 7 }
    expect(fires(one(step), { 'F|contains': ['a', 'b'] }, { F: '7' })).toBe(true)
    expect(fires(one(step), { 'F|contains': ['a', 'b'] }, { F: '17' })).toBe(false)
    expect(fires(one({ type: 'set_value', value: null }), { F: 'a' }, {})).toBe(true)
    expect(fires(one({ ...step, force_type: 'str' }), { F: 'a' }, { F: 7 })).toBe(true)
  })

  test('convert_type turns texts into numbers or refuses the rule', () => {
    const step = { type: 'convert_type', target_type: 'num' }
    expect(fires(one(step), { F: '0010' }, { F: 10 })).toBe(true)
    expect(problemOf(one(step), { F: 'ten' })).toContain('"ten" is no number')
    expect(fires(one({ type: 'convert_type', target_type: 'str' }), { F: 10 }, { F: '10' })).toBe(
      true,
    )
  })

  test('case writes texts another way', () => {
    const step = { type: 'case', method: 'upper' }
    expect(fires(one(step), { 'F|cased|contains': 'a?c' }, { F: 'xAbCx' })).toBe(true)
    expect(fires(one(step), { 'F|cased|contains': 'abc' }, { F: 'xabcx' })).toBe(false)
    const snake = { type: 'case', method: 'snake_case' }
    expect(fires(one(snake), { F: 'GetObject' }, { F: 'get_object' })).toBe(true)
  })

  test('regex accepts what the text accepted', () => {
    const step = { type: 'regex' }
    const record = { F: 'C:\\Temp\\A.exe' }
    expect(fires(one(step), { 'F|endswith': '\\a.exe' }, record)).toBe(true)
    expect(fires(one(step), { F: 'a.exe' }, record)).toBe(false)
    expect(fires(one(step), { F: 'c:\\\\*\\\\?.exe' }, record)).toBe(true)
    expect(fires(one({ type: 'regex', method: 'plain' }), { F: 'c:\\\\*' }, record)).toBe(false)
    expect(fires(one(step), { F: 'a.b' }, { F: 'axb' })).toBe(false)
    expect(fires(one(step), ['temp'], record)).toBe(true)
    expect(fires(one(step), { 'F|neq': 'x' }, record)).toBe(true)
  })
})

describe('placeholders', () => {
  const vars = { admins: ['an', 'b*'], lists: 'cuong' }
  const pipeline = (step: object) => [{ vars, transformations: [step] }]

  test('value_placeholders puts in the values of a variable', () => {
    const step = pipeline({ type: 'value_placeholders' })
    const whole = { 'User|expand': '%admins%' }
    expect(fires(step, whole, { User: 'an' })).toBe(true)
    expect(fires(step, whole, { User: 'binh' })).toBe(true)
    expect(fires(step, whole, { User: '%admins%' })).toBe(false)
    expect(fires(step, { 'User|expand|contains': 'x%admins%' }, { User: '_xan_' })).toBe(true)
    expect(problemOf(step, { 'User|expand': '%nobody%' })).toContain('no variable "nobody"')
  })

  test('only the named placeholders are concerned; one left over refuses the rule', () => {
    const step = pipeline({ type: 'value_placeholders', exclude: ['admins'] })
    expect(problemOf(step, { 'User|expand': '%admins%' })).toContain('%admins%')
    const wild = { type: 'wildcard_placeholders', include: ['admins'] }
    const both = [
      { vars, transformations: [{ type: 'value_placeholders', exclude: ['admins'] }, wild] },
    ]
    expect(fires(both, { 'User|expand': '%lists%-%admins%' }, { User: 'cuong-anybody' })).toBe(true)
  })

  test('a value with per cent signs is not taken for a placeholder again', () => {
    const step = [{ vars: { a: '%b%', b: 'x' }, transformations: [{ type: 'value_placeholders' }] }]
    expect(fires(step, { 'User|expand': '%a%' }, { User: '%b%' })).toBe(true)
    expect(fires(step, { 'User|expand': '%a%' }, { User: 'x' })).toBe(false)
  })

  test('query_expression_placeholders asks for membership in a list', () => {
    const step = pipeline({
      type: 'query_expression_placeholders',
      expression: '{field} in list {id}',
      mapping: { crew: 'admins' },
    })
    expect(fires(step, { 'User|expand': '%crew%' }, { User: 'an' })).toBe(true)
    expect(problemOf(step, { 'User|expand': 'x%crew%' })).toContain('whole value only')
  })
})

describe('hashes_fields', () => {
  const step = { type: 'hashes_fields', valid_hash_algos: ['MD5', 'SHA1'], field_prefix: 'h.' }
  const md5 = '0123456789abcdef0123456789abcdef'

  test('splits by algorithm, named or told by length', () => {
    const selection = { 'Hashes|contains': [`MD5=${md5}`, 'SHA1=00ff'] }
    expect(fires(one(step), selection, { 'h.MD5': md5.toUpperCase() })).toBe(true)
    expect(fires(one(step), selection, { 'h.SHA1': '00FF' })).toBe(true)
    expect(fires(one(step), selection, { Hashes: `MD5=${md5}` })).toBe(false)
    expect(fires(one(step), { Hash: md5 }, { 'h.MD5': md5 })).toBe(true)
    expect(fires(one({ ...step, drop_algo_prefix: true }), { Hash: md5 }, { 'h.': md5 })).toBe(true)
  })

  test('a hash without a field is left out as an alternative and refused where it is needed', () => {
    const mixed = [`MD5=${md5}`, 'IMPHASH=aa']
    expect(fires(one(step), { 'Hashes|contains': mixed }, { 'h.MD5': md5 })).toBe(true)
    expect(problemOf(one(step), { 'Hashes|contains': 'IMPHASH=aa' })).toContain('no field holds')
    expect(problemOf(one(step), { 'Hashes|contains|all': mixed })).toContain('no field holds')
    const record = { 'h.MD5': md5, 'h.SHA1': '1' }
    expect(fires(one(step), { 'Hashes|neq': [`MD5=${md5}`, 'SHA1=2'] }, record)).toBe(false)
  })
})
