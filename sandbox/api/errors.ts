/** A "no" as Zoom says it: an HTTP status, and a body with Zoom's own code and message. */
export class ZoomError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: { field: string; message: string }[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: number,
    message: string,
    more: { errors?: { field: string; message: string }[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }

  get body(): { code: number; message: string; errors?: { field: string; message: string }[] } {
    return { code: this.code, message: this.message, ...(this.errors && { errors: this.errors }) };
  }
}

export const userNotFound = (user: string) => new ZoomError(404, 1001, `User does not exist: ${user}.`);

export const noPermission = (message: string) => new ZoomError(400, 200, message);

export const noMasterOption = () => noPermission('Only available for accounts with the master account option enabled.');

export const badRequest = (message: string) => new ZoomError(400, 300, message);

/** One field is wrong; Zoom then names it. */
export const invalidField = (field: string, message: string) =>
  new ZoomError(400, 300, 'Validation Failed.', { errors: [{ field, message }] });

export const meetingNotFound = (id: string) => new ZoomError(404, 3001, `Meeting does not exist: ${id}.`);
