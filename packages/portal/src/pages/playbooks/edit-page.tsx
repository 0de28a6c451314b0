import type { Playbook, PlaybookContent } from '@haidang/contracts/playbook'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { api } from '../../api/api.ts'
import { Refusal } from '../../api/send.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { PlaybookEditor } from './playbook-editor.tsx'
import { emptyFields, fieldsOf } from './playbook-form.ts'
import { usePlaybook, usePlaybookAct } from './use-playbook.ts'

const route = getRouteApi('/shell/playbooks/$id/edit')

/** A playbook of one’s organisation is written for the first time. */
export function NewPlaybookPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = usePlaybookAct(
    (content: PlaybookContent) => api.playbooks.write({ body: { content } }),
    t`Đã lưu bản nháp`,
    ({ id }) => void navigate({ to: '/playbooks/$id', params: { id } }),
  )
  return (
    <Page title={t`Soạn phương án ứng cứu`}>
      <PageHead title={t`Soạn phương án ứng cứu`} />
      <PlaybookEditor
        kept="new"
        fields={emptyFields()}
        saving={write}
        onSave={(content, forget) => write.mutate(content, { onSuccess: forget })}
        onClose={() => void navigate({ to: '/playbooks' })}
      />
    </Page>
  )
}

/** What the next version of a playbook is to say. */
export function EditPlaybookPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = usePlaybook(id)
  return (
    <Page title={t`Soạn phương án ứng cứu`}>
      <Asked query={query}>{(playbook) => <Editing key={id} playbook={playbook} />}</Asked>
    </Page>
  )
}

function Editing({ playbook }: { playbook: Playbook }) {
  const { t } = useLingui()
  const { language } = useWords()
  const navigate = useNavigate()
  const { id, published } = playbook
  // What the form was filled with: what others save meanwhile does not take its place.
  const begun = useRef(playbook)
  const content = begun.current.draft ?? begun.current.current?.content
  const toPage = () => void navigate({ to: '/playbooks/$id', params: { id } })
  const save = usePlaybookAct(
    ({ revision, said }: { revision: number; said: PlaybookContent }) =>
      api.playbooks.save({ params: { id }, body: { revision, content: said } }),
    t`Đã lưu bản nháp`,
    toPage,
  )
  const isOvertaken =
    save.error instanceof Refusal && save.error.code === 'playbook.changed-meanwhile'
  const last = useRef<PlaybookContent>(undefined)
  const over = async () => {
    const { revision } = await api.playbooks.get({ params: { id } })
    if (last.current) save.mutate({ revision, said: last.current })
  }
  return (
    <>
      <PageHead
        title={playbook.name[language]}
        about={published > 0 ? t`Soạn bản ${published + 1}` : t`Bản nháp, chưa ban hành`}
      />
      <PlaybookEditor
        kept={`${id}.${begun.current.revision}`}
        fields={content ? fieldsOf(content) : emptyFields()}
        saving={save}
        onSave={(said, forget) => {
          last.current = said
          save.mutate({ revision: begun.current.revision, said }, { onSuccess: forget })
        }}
        onClose={toPage}
      >
        {isOvertaken ? (
          <Button look="danger" size="large" onClick={() => void over()}>
            {t`Vẫn lưu phần tôi soạn, thay bản vừa lưu`}
          </Button>
        ) : null}
      </PlaybookEditor>
    </>
  )
}
