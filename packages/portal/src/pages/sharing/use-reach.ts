import { Tlp } from '@haidang/contracts/tlp'
import { type FormEvent, type RefObject, useEffect, useState } from 'react'
import { text } from '../../components/form.ts'

interface Reach {
  readonly organisation_id: string
  readonly operator_id: string
  readonly tlp: Tlp
}

/** What a form's own controls say of who will see it, kept up with what one chooses there. */
export function useReach(form: RefObject<HTMLFormElement | null>, first: Partial<Reach> = {}) {
  const [reach, setReach] = useState<Reach>({
    organisation_id: '',
    operator_id: '',
    tlp: 'amber',
    ...first,
  })
  const read = (element: HTMLFormElement) => {
    const fields = new FormData(element)
    const tlp = Tlp.safeParse(text(fields, 'tlp'))
    setReach((before) => ({
      organisation_id: text(fields, 'organisation_id') || before.organisation_id,
      operator_id: text(fields, 'operator_id'),
      tlp: tlp.success ? tlp.data : before.tlp,
    }))
  }
  // A draft that was kept fills the form without an event.
  useEffect(() => {
    if (form.current) read(form.current)
  }, [form])
  return { reach, onInput: (event: FormEvent<HTMLFormElement>) => read(event.currentTarget) }
}
