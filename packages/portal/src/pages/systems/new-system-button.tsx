import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'

export function NewSystemButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const navigate = useNavigate()
  return (
    <Button
      look="primary"
      refusal={refusal('system.manage')}
      onClick={() => void navigate({ to: '/systems/new' })}
    >
      <Plus aria-hidden="true" className="size-4" />
      {t`Thêm hệ thống`}
    </Button>
  )
}
