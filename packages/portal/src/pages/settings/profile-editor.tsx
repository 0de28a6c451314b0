import type { Regulation, RegulationSection } from '@haidang/contracts/regulation'
import type { RegulationDetail } from '@haidang/contracts/regulation-api'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Field, Input } from '../../components/field.tsx'
import { plainDate } from '../../format/instant.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { withoutEntry } from './entry-fields.ts'
import { EntryList } from './entry-list.tsx'
import { dropDraft, keepDraft } from './kept-draft.ts'
import { PublishDialog } from './publish-dialog.tsx'

interface ProfileEditorProps {
  readonly current: RegulationDetail
  readonly draft: Regulation | undefined
}

/** The entries of a profile, changed in a draft, tried and put into force. */
export function ProfileEditor({ current, draft }: ProfileEditorProps) {
  const { t } = useLingui()
  const missing = useRefusal()('setting.manage')
  const [sought, setSought] = useState('')
  const [edited, setEdited] = useState<{ section: RegulationSection; at: number | undefined }>()
  const [publishing, setPublishing] = useState(false)
  const regulation = draft ?? current.regulation
  const nothing = draft ? undefined : t`Chưa có thay đổi nào`
  const give = (next: Regulation) => {
    keepDraft(next)
    setEdited(undefined)
  }
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div className="flex flex-col gap-3">
        <p className="text-13 text-ink-2">
          {draft
            ? t`Bản nháp từ bản ${current.newest < 0 ? '—' : current.version.version}: chưa có hiệu lực cho tới khi ban hành.`
            : t`Bản ${current.version.version} áp dụng từ ${plainDate(current.version.effective_from)}. Sửa bên dưới tạo bản nháp.`}
        </p>
        <div className="flex flex-wrap items-end gap-2">
          <Field label={t`Tìm trong hồ sơ`} className="w-60">
            <Input
              data-search
              type="search"
              value={sought}
              onChange={(event) => setSought(event.currentTarget.value)}
              placeholder={t`Tên, mã, căn cứ`}
            />
          </Field>
          <Button
            refusal={nothing}
            onClick={() => dropDraft(regulation.profile)}
          >{t`Bỏ bản nháp`}</Button>
          <Button
            look="primary"
            refusal={missing ?? nothing}
            onClick={() => setPublishing(true)}
          >{t`Xem trước và ban hành…`}</Button>
        </div>
      </div>
      <EntryList
        regulation={regulation}
        sought={sought}
        onClear={() => setSought('')}
        onEdit={(section, at) => setEdited({ section, at })}
        onRemove={(section, at) => give(withoutEntry(regulation, section, at))}
      />
      {edited ? (
        <EntryDialog
          regulation={regulation}
          section={edited.section}
          at={edited.at}
          onGive={give}
          onClose={() => setEdited(undefined)}
        />
      ) : null}
      {publishing ? (
        <PublishDialog
          regulation={regulation}
          basedOn={current.newest}
          onClose={() => setPublishing(false)}
        />
      ) : null}
    </div>
  )
}
