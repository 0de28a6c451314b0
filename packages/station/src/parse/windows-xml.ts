import type { JsonObject } from './json.ts'
import { type Parsed, unreadable } from './parsed.ts'
import { parseWindowsJson, type WindowsRecord } from './windows-json.ts'
import { parseCutXml, parseXml, type XmlElement } from './xml.ts'

const start = /^\s{0,16}(?:<\?xml[^>]{0,200}\?>\s{0,16})?<Event(?: [^>]{0,400})?>\s{0,64}<System/

/** True of a Windows event as the event log renders it in XML. */
export function looksLikeWindowsXml(text: string): boolean {
  return start.test(text)
}

/**
 * Reads a Windows event in XML, also one that was cut off (marked `haidang.cut`), with its rendered text or without (wevtutil, forwarded events, NXLog, agents).
 * https://learn.microsoft.com/windows/win32/wes/eventschema-schema
 * Reasons: those of parseXml, `windows-xml.no-system`, `windows-json.no-event-id`.
 */
export function parseWindowsXml(text: string): Parsed<WindowsRecord> {
  const whole = parseXml(text)
  // Syslog cuts long messages; what came before is worth having.
  const isCut = !whole.ok && whole.reason === 'xml.not-closed'
  const root = isCut ? parseCutXml(text) : whole
  if (!root.ok) return root
  const system = child(root.value, 'System')
  if (!system) return unreadable('windows-xml.no-system', 'no System below the root')
  const rendered = child(root.value, 'RenderingInfo')
  const values = system.children.map((each): [string, unknown] => [
    each.name,
    Object.keys(each.attributes).length > 0
      ? { '#attributes': each.attributes, '#text': each.text.trim() }
      : each.text.trim(),
  ])
  const read = parseWindowsJson({
    Event: {
      System: Object.fromEntries(values),
      EventData: eventData(child(root.value, 'EventData') ?? child(root.value, 'DebugData')),
      UserData: userData(child(root.value, 'UserData')),
    },
  })
  if (!read.ok) return read
  const message = rendered && child(rendered, 'Message')?.text.trim()
  if (message) read.value.fields['Message'] = message
  if (isCut) read.value.fields['haidang.cut'] = true
  return read
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name)
}

/** Named data by their names; unnamed ones as a list. */
function eventData(data: XmlElement | undefined): JsonObject | undefined {
  if (!data) return undefined
  const named: [string, unknown][] = []
  const unnamed: string[] = []
  for (const each of data.children) {
    const name = each.attributes['Name'] ?? (each.name === 'Data' ? undefined : each.name)
    if (name === undefined) unnamed.push(each.text)
    else named.push([name, each.text])
  }
  return { ...Object.fromEntries(named), ...(unnamed.length > 0 && { Data: unnamed }) }
}

function userData(data: XmlElement | undefined): JsonObject | undefined {
  const inner = data?.children[0]
  if (!inner) return undefined
  const fields = inner.children.map((each): [string, unknown] => [each.name, each.text])
  return { [inner.name]: Object.fromEntries(fields) }
}
