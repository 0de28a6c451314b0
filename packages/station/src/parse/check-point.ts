import type { JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

const mostFields = 512
const name = /(?<![\w.-])[\w.-]{1,128}:"/g

/** True of a line of Check Point's Log Exporter: fields in brackets, or apart by bars. */
export function looksLikeCheckPoint(text: string): boolean {
  if (/^(?:- )?\[ ?[\w.-]{1,128}:"/.test(text))
    return /\b(?:loguid|ifdir|product|origin):"/.test(text)
  return /^time=\d{9,13}\|/.test(text) && text.includes('|product=')
}

/**
 * Reads one log of Check Point's Log Exporter, in the form of its format syslog, `[name:"value"; …]`, or of
 * its format splunk, `name=value|…`
 * (https://sc1.checkpoint.com/documents/R81/WebAdminGuides/EN/CP_R81_LoggingAndMonitoring_AdminGuide/Topics-LMG/Log-Exporter.htm).
 * Of a field that stands twice the last counts. Reason: `check-point.no-fields`.
 */
export function parseCheckPoint(text: string): Parsed<JsonObject> {
  const open = text.indexOf('[')
  const fields = text.startsWith('time=') ? fieldsByBars(text) : fieldsInBrackets(text, open + 1)
  if (fields.length === 0) return unreadable('check-point.no-fields', 'no name:"value"')
  return parsed(Object.fromEntries(fields))
}

function fieldsByBars(text: string): [string, string][] {
  return text.split('|', mostFields).flatMap((part): [string, string][] => {
    const equals = part.indexOf('=')
    return equals > 0 ? [[part.slice(0, equals), part.slice(equals + 1)]] : []
  })
}

function fieldsInBrackets(text: string, start: number): [string, string][] {
  const fields: [string, string][] = []
  let at = start
  while (fields.length < mostFields) {
    name.lastIndex = at
    const found = name.exec(text)
    if (found === null || text.slice(at, found.index).includes(']')) break
    const value = readQuoted(text, found.index + found[0].length)
    fields.push([found[0].slice(0, -2), value.text])
    at = value.end
  }
  return fields
}

function readQuoted(text: string, start: number): { text: string; end: number } {
  let at = start
  let escaped = false
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') {
      escaped = true
      at++
    }
    at++
  }
  const value = text.slice(start, at)
  return { text: escaped ? value.replace(/\\(["\\\]=])/g, '$1') : value, end: at + 1 }
}
