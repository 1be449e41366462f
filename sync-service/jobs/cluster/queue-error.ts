/** A failure of a cluster's database or set-up: a Chinese sentence without secrets. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
}
