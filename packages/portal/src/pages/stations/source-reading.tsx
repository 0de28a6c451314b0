import type { Source } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Dialog } from '../../components/dialog.tsx'
import { type Errors, noErrors } from '../../components/form.ts'
import { ReadingFields } from './reading-fields.tsx'
import { type SetReading, useReadingNames } from './set-reading.ts'
import { SourceForm } from './source-form.tsx'

interface SourceReadingProps {
  readonly source: Source
  readonly onClose: () => void
}

/** Says how the records of a source are read: format, encoding, zone, columns. */
export function SourceReadingDialog({ source, onClose }: SourceReadingProps) {
  const { t } = useLingui()
  const names = useReadingNames()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const { format, zone, reading } = source
  const [set, setSet] = useState<SetReading>({ format, zone, reading })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Cách đọc ${source.name}`}
      about={t`Áp dụng cho bản ghi tới từ bây giờ; bản ghi không đọc được trước đó có thể đọc lại.`}
    >
      <SourceForm
        names={names}
        wrong={wrong}
        onWrong={setWrong}
        read={() => set}
        save={(body) => api.sources.update({ params: { id: source.id }, body })}
        onClose={onClose}
      >
        <ReadingFields set={set} onSet={setSet} errors={wrong} />
      </SourceForm>
    </Dialog>
  )
}
