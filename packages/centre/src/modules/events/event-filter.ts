import { isIP } from 'node:net'
import { type EventField, eventFields } from '@haidang/contracts/event-api'
import { type FilterNode, parseFilter } from '@haidang/contracts/filter'
import { foldVietnamese } from '@haidang/contracts/fold'
import { millisecondsOf } from '@haidang/contracts/instant'
import { nearest } from '@haidang/runtime/nearest'
import { Problem } from '@haidang/runtime/problem'
import type { Bindings } from './bindings.ts'

type Term = Extract<FilterNode, { kind: 'term' }>
type Kind = (typeof eventFields)[EventField]

/**
 * A typed filter as a condition over the event table. Field names come from the contract, values only
 * ever travel as bound parameters. A term without field is a word of the record as received. Throws
 * Problem filter.invalid, with the nearest name for an unknown field.
 */
export function eventCondition(filter: string | undefined, bindings: Bindings): string {
  const read = parseFilter(filter ?? '')
  if (!read.ok) throw refusal(`position ${read.at}`, `expected ${read.expected}`)
  return read.node ? conditionOf(read.node, bindings) : 'true'
}

/** The column a field is kept in. */
export function columnOf(field: EventField): string {
  if (field === 'observable') return 'observables'
  if (field === 'system') return 'systems'
  return field === 'raw' ? 'raw_data' : field
}

function conditionOf(node: FilterNode, bindings: Bindings): string {
  if (node.kind === 'term') return termOf(node, bindings)
  if (node.kind === 'not') return `NOT (${conditionOf(node.node, bindings)})`
  const inner = node.nodes.map((one) => `(${conditionOf(one, bindings)})`)
  return inner.join(node.kind === 'and' ? ' AND ' : ' OR ')
}

function termOf(term: Term, bindings: Bindings): string {
  if (term.field === null) return anywhere(term, bindings)
  if (!isEventField(term.field)) {
    const near = nearest(term.field, Object.keys(eventFields))
    const remedy = near ? `did you mean ${near}?` : `one of ${Object.keys(eventFields).join(', ')}`
    throw refusal(`unknown field ${term.field.slice(0, 60)}`, remedy)
  }
  return comparisons[eventFields[term.field]](columnOf(term.field), term, bindings)
}

function isEventField(name: string): name is EventField {
  return Object.hasOwn(eventFields, name)
}

const comparisons: Readonly<Record<Kind, (column: string, term: Term, b: Bindings) => string>> = {
  word: (column, term, bindings) => {
    if (term.operator !== ':') {
      return `${column} ${term.operator} ${bindings.bind(term.value, 'String')}`
    }
    if (!term.quoted && term.value.includes('*')) {
      return `${column} LIKE ${bindings.bind(globOf(term.value), 'String')}`
    }
    return `${column} = ${bindings.bind(term.value, 'String')}`
  },
  text: (column, term, bindings) => {
    requireEquality(term)
    return contains(column, term.value, bindings)
  },
  number: (column, term, bindings) => {
    if (!/^-?\d{1,15}$/.test(term.value)) throw refusal(`${term.field}: not a number`, 'as in 42')
    const operator = term.operator === ':' ? '=' : term.operator
    return `${column} ${operator} ${bindings.bind(term.value, 'Int64')}`
  },
  time: (column, term, bindings) => {
    const at = millisecondsOf(term.value)
    if (Number.isNaN(at))
      throw refusal(`${term.field}: not a time`, 'RFC 3339, as in 2026-11-22T08:00:00Z')
    const operator = term.operator === ':' ? '=' : term.operator
    return `${column} ${operator} ${bindings.instant(at)}`
  },
  ip: (column, term, bindings) => {
    requireEquality(term)
    if (term.value === '') return `${column} = ''`
    if (isIP(term.value)) return `${column} = ${bindings.bind(term.value.toLowerCase(), 'String')}`
    requireNetwork(term)
    // The function throws on what is no address, and both sides of an AND may be computed.
    const valid = `(isIPv4String(${column}) OR isIPv6String(${column}))`
    const network = bindings.bind(term.value, 'String')
    return `(${valid} AND isIPAddressInRange(if(${valid}, ${column}, '::'), ${network}))`
  },
  boolean: (column, term) => {
    requireEquality(term)
    if (!/^(true|false)$/i.test(term.value))
      throw refusal(`${term.field}: not a truth value`, 'true or false')
    return term.value.toLowerCase() === 'true' ? column : `NOT ${column}`
  },
  member: (column, term, bindings) => {
    requireEquality(term)
    return `has(${column}, ${bindings.bind(term.value, 'String')})`
  },
}

/**
 * A word of the record as received: whole words of ASCII are looked up in the token index first, so that
 * only blocks that may hold them are read; anything else is searched as text.
 */
function anywhere(term: Term, bindings: Bindings): string {
  const value = term.quoted ? term.value : term.value.replaceAll('*', '')
  const isWords = /^[\x20-\x7e]+$/.test(value) && !(term.value.includes('*') && !term.quoted)
  if (!isWords) return textAnywhere(value, bindings)
  const words = value.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const tokens = words.slice(0, 16).map((word) => {
    return `hasToken(lower(raw_data), ${bindings.bind(word, 'String')})`
  })
  if (words.length === 1 && words[0] === value.toLowerCase()) return tokens.join('')
  return [...tokens, contains('raw_data', value, bindings)].join(' AND ')
}

function textAnywhere(value: string, bindings: Bindings): string {
  return `(${contains('message', value, bindings)} OR ${contains('raw_data', value, bindings)})`
}

/** The column holds the value, tone marks and case aside; only text beyond ASCII pays for folding. */
function contains(column: string, value: string, bindings: Bindings): string {
  const folded = `replaceAll(replaceRegexpAll(lowerUTF8(normalizeUTF8NFD(${column})), '\\\\p{Mn}', ''), 'đ', 'd')`
  const isAscii = `NOT match(${column}, '[^\\\\x00-\\\\x7f]')`
  const text = `if(${isAscii}, lower(${column}), ${folded})`
  return `position(${text}, ${bindings.bind(foldVietnamese(value), 'String')}) > 0`
}

function globOf(value: string): string {
  return value.replace(/[\\%_]/g, '\\$&').replace(/\*+/g, '%')
}

function requireEquality(term: Term): void {
  if (term.operator === ':') return
  throw refusal(`${term.operator} does not apply to ${term.field}`, `${term.field}:value`)
}

function requireNetwork(term: Term): void {
  const [address = '', prefix = '', ...rest] = term.value.split('/')
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits) return
  throw refusal(`${term.field}: not an address`, 'an address or network, as in 203.0.113.0/24')
}

function refusal(cause: string, remedy: string): Problem {
  return new Problem('filter.invalid', `${cause}; ${remedy}`, [{ field: 'filter', cause, remedy }])
}
