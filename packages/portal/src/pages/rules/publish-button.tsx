import { useLingui } from '@lingui/react/macro'
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

interface PublishProps {
  readonly title: string
  /** What putting it into force does. */
  readonly about: string
  /** Why there is nothing to publish; undefined: there is. */
  readonly refusal: string | undefined
  /** Puts the draft into force. */
  readonly publish: (reason: string) => Promise<{ readonly version: number }>
  /** What is read again afterwards. */
  readonly changes: QueryKey
}

/** Puts a draft of a policy into force, with a reason that stands in the journal. */
export function PublishButton({ title, about, refusal, publish, changes }: PublishProps) {
  const { t } = useLingui()
  const missing = useRefusal()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const publishing = useMutation({
    mutationFn: publish,
    onSuccess: ({ version }) => {
      setOpen(false)
      say(t`Bản ${version} có hiệu lực`)
      void client.invalidateQueries({ queryKey: changes })
    },
  })
  return (
    <>
      <Button
        look="primary"
        refusal={missing('station.manage') ?? refusal}
        onClick={() => setOpen(true)}
      >{t`Ban hành…`}</Button>
      {open ? (
        <ReasonDialog
          title={title}
          about={about}
          label={t`Lý do`}
          act={t`Ban hành`}
          error={publishing.error}
          busy={publishing.isPending}
          onGive={(reason) => publishing.mutate(reason)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
