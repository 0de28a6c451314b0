import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { FileInput, Plus } from 'lucide-react'
import { useState } from 'react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { printed } from '../../keys/sheet.ts'
import { ImportDialog } from './import-dialog.tsx'

/** The two ways a rule comes into the library: taken in, or written here. */
export function LibraryActs() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const navigate = useNavigate()
  const [importing, setImporting] = useState(false)
  const missing = refusal('rule.write')
  const write = () => void navigate({ to: '/rules/library/new' })
  useKeys(missing ? {} : { create: write })
  return (
    <>
      <Button refusal={missing} onClick={() => setImporting(true)}>
        <FileInput aria-hidden="true" className="size-4" />
        {t`Nhập luật…`}
      </Button>
      <Button look="primary" refusal={missing} keys={printed('create')} onClick={write}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Viết luật`}
      </Button>
      {importing ? <ImportDialog onClose={() => setImporting(false)} /> : null}
    </>
  )
}
