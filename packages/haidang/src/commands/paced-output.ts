/** Writes a line and waits while the reader of the pipe is behind, so that memory does not grow. */
export async function written(
  stream: NodeJS.WriteStream,
  line: string,
  write: (text: string) => void,
): Promise<void> {
  write(line)
  if (stream.writableNeedDrain) await new Promise<void>((resolve) => stream.once('drain', resolve))
}
