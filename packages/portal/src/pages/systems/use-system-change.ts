import type { InformationSystem, SystemDraft } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { type Errors, errorsOf, noErrors } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'

/** Changes a part of a system, on what was read of it. */
export function useSystemChange(system: InformationSystem, onSaved?: () => void) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const { id, version, name } = system
  const save = useMutation({
    mutationFn: (body: Partial<Omit<SystemDraft, 'organisation_id'>>) =>
      api.systems.update({ params: { id }, body: { ...body, version } }),
    onSuccess: (saved) => {
      setWrong(noErrors)
      client.setQueryData(['systems', 'one', id], saved)
      void client.invalidateQueries({ queryKey: ['systems'] })
      say(t`Đã sửa ${name}`)
      onSaved?.()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  return { save, wrong, setWrong }
}
