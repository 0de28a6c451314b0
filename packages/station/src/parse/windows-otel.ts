import { isObject, type JsonObject } from './json.ts'

/**
 * True of the body OpenTelemetry's windowseventlog receiver gives an event: `event_id` as an object with
 * its number, beside channel and provider.
 */
export function looksLikeOtelWindows(body: JsonObject): boolean {
  const { event_id, channel, provider } = body
  return (
    isObject(event_id) &&
    'id' in event_id &&
    ('channel' in body || isObject(provider)) &&
    channel !== null
  )
}

/** Such a body in the shape winlogbeat gives the same event, which parseWindowsJson reads. */
export function winlogOfOtel(body: JsonObject): JsonObject {
  const { event_id, provider, security, execution } = body
  const from = (value: unknown, name: string) => (isObject(value) ? value[name] : undefined)
  return {
    '@timestamp': body['system_time'],
    message: body['message'],
    winlog: {
      event_id: from(event_id, 'id'),
      channel: body['channel'],
      provider_name: from(provider, 'name'),
      computer_name: body['computer'],
      record_id: body['record_id'],
      level: body['level'],
      opcode: body['opcode'],
      task: body['task'],
      keywords: body['keywords'],
      event_data: dataOf(body['event_data']),
      user_data: dataOf(body['user_data']),
      user: security,
      process: execution,
    },
  }
}

/** Fields by name: given so, or as a list of objects with one field each, in which nameless ones are counted. */
function dataOf(data: unknown): JsonObject {
  if (!isObject(data)) return {}
  const { data: list, ...named } = data
  if (!Array.isArray(list)) return data
  const fields = list.flatMap((each, index) =>
    isObject(each)
      ? Object.entries(each).map(([name, value]) => [name || `param${index + 1}`, value] as const)
      : [],
  )
  return { ...named, ...Object.fromEntries(fields) }
}
