import type { Incident } from '@haidang/contracts/incident'
import type { Mentionable } from '@haidang/contracts/incident-note'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors, submitted, text, useDraft } from '../../components/form.ts'
import { MentionField } from './mention-field.tsx'

/** Why a note cannot be written: who handles the incident may, and who takes part in it with that right. */
function useNoteRefusal({ participation }: Incident): string | undefined {
  const { t } = useLingui()
  const refusal = useRefusal()
  const handle = refusal('incident.handle')
  if (!participation) return handle
  if (!participation.may_note) return t`Tổ chức của bạn tham gia nhưng không được ghi chú`
  return handle && refusal('task.answer')
}

/** Writes a line in the timeline of an incident. */
export function NoteForm({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const refused = useNoteRefusal(incident)
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [named, setNamed] = useState<readonly Mentionable[]>([])
  const draft = useDraft(`note.${incident.id}`, form)
  const note = useMutation({
    mutationFn: (words: string) => {
      const still = named.filter(({ name }) => words.includes(`@${name}`))
      const mentions = [...new Set(still.map(({ id }) => id))]
      return api.incidents.note({ params: { id: incident.id }, body: { text: words, mentions } })
    },
    onSuccess: () => {
      draft.forget()
      form.current?.reset()
      setNamed([])
      void client.invalidateQueries({ queryKey: ['incidents', 'timeline', incident.id] })
    },
  })
  const send = (fields: FormData) => {
    const words = text(fields, 'text').trim()
    if (words) note.mutate(words)
  }
  return (
    <form ref={form} onSubmit={submitted(send)} className="flex flex-col gap-2 pt-3">
      <ErrorSummary errors={noErrors} error={note.error} />
      <MentionField
        incidentId={incident.id}
        field={field}
        onMention={(person) => setNamed((old) => [...old, person])}
      />
      <Button
        type="submit"
        size="small"
        className="self-start"
        busy={note.isPending}
        refusal={refused}
      >
        {t`Ghi`}
      </Button>
    </form>
  )
}
