import type { Draft } from './draft.ts'
import type { Fields } from './fields.ts'

type Sightings = NonNullable<Draft['sightings']>

/** A message on its way: Email Activity (OCSF 4009). */
export function smtp(fields: Fields): Partial<Draft> {
  const smtp = fields.inner('smtp')
  const from = smtp.text('mail_from')
  const to = smtp.texts('rcpt_to')
  const subject = fields.inner('email').text('subject')
  return {
    class: 'email_activity',
    activity: 1,
    message: `SMTP ${from ?? '?'} → ${to.join(', ') || '?'} ${subject ?? ''}`.trim(),
    sightings: mailValues(fields),
  }
}

/** Addresses in envelope and header of a message. */
export function mailValues(fields: Fields): Sightings {
  return places.flatMap(([part, name]) =>
    fields.has(part)
      ? fields
          .inner(part)
          .texts(name)
          .filter((value) => value.includes('@'))
          .map((value) => sighting(value, `${part}.${name}`))
      : [],
  )
}

const places = [
  ['smtp', 'mail_from'],
  ['smtp', 'rcpt_to'],
  ['email', 'from'],
  ['email', 'to'],
  ['email', 'cc'],
] as const

/** `Name <a@b>` or `<a@b>` without what stands around. */
function sighting(text: string, name: string): Sightings[number] {
  const start = text.lastIndexOf('<')
  const end = text.indexOf('>', start)
  const value = start < 0 || end < 0 ? text : text.slice(start + 1, end)
  return { type: 'email', value: value.trim(), name }
}
