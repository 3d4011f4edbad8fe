import { Component, type ReactNode } from 'react';

interface Failure {
  readonly error: unknown;
}

/** Shows something calm in the place of what could not be loaded or drawn; the rest of the page goes on. */
export class ErrorBoundary extends Component<
  {
    readonly fallback: (error: unknown) => ReactNode;
    /** Another value means that something else is to be shown: it is tried afresh. */
    readonly resetKey?: string;
    readonly children: ReactNode;
  },
  { readonly failure: Failure | undefined }
> {
  override state: { readonly failure: Failure | undefined } = { failure: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { failure: { error } };
  }

  override componentDidUpdate(before: { readonly resetKey?: string }) {
    if (this.state.failure !== undefined && before.resetKey !== this.props.resetKey) {
      this.setState({ failure: undefined });
    }
  }

  override render() {
    const { failure } = this.state;
    return failure === undefined ? this.props.children : this.props.fallback(failure.error);
  }
}
