import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { useWords } from '../../language/use-words.ts'
import { VersionDiff } from '../rules/version-diff.tsx'
import { contentLines } from './content-words.ts'

interface Version {
  readonly version: number
  readonly content: AdvisoryContent
}

/** What one version says otherwise than another, line by line. */
export function ContentDiff({ before, after }: { before: Version; after: Version }) {
  const { t } = useLingui()
  const { language } = useWords()
  const names = {
    title: t`Trích yếu`,
    summary: t`Tóm tắt`,
    action: t`Việc cần làm`,
    due: t`Hạn trả lời`,
  }
  const textOf = ({ version, content }: Version) => ({
    version,
    text: contentLines(content, language, names),
  })
  return <VersionDiff before={textOf(before)} after={textOf(after)} />
}
