import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { OrganisationDialog } from './organisation-dialog.tsx'

export function NewOrganisationButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" refusal={refusal('organisation.manage')} onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Thêm tổ chức`}
      </Button>
      {open ? (
        <OrganisationDialog
          onClose={() => setOpen(false)}
          onSaved={({ id }) => void navigate({ to: '/organisations/$id', params: { id } })}
        />
      ) : null}
    </>
  )
}
