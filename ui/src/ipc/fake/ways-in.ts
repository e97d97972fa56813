import type { Dragging } from "../bindings";
import { preview } from "./data";
import { FakeProgram } from "./program";

/** The ways in which a link comes to the program. It reads no bytes: the scenario says what is in them. */
export class FakeWaysIn extends FakeProgram {
  #dragListeners = new Set<(dragging: Dragging) => void>();

  async previewLink(text: string) {
    await this.enter("previewLink", text);
    return this.scenario.previews?.[text] ?? this.scenario.preview ?? preview();
  }

  async readPicture(picture: Blob): Promise<string[]> {
    await this.enter("readPicture", String(picture.size));
    return this.#links();
  }

  async readFrame(width: number, height: number): Promise<string[]> {
    await this.enter("readFrame", String(width), String(height));
    return this.#links();
  }

  async readDropped(): Promise<string[]> {
    await this.enter("readDropped");
    return this.#links();
  }

  async readClipboard(): Promise<string[]> {
    await this.enter("readClipboard");
    return this.#links();
  }

  async readScreen(): Promise<string[]> {
    await this.enter("readScreen");
    return this.#links();
  }

  async useCamera(open: boolean): Promise<void> {
    await this.enter("useCamera", String(open));
  }

  onDragging(listener: (dragging: Dragging) => void): Promise<() => void> {
    this.#dragListeners.add(listener);
    return Promise.resolve(() => this.#dragListeners.delete(listener));
  }

  /** Does what a person does who drags a file over the window. */
  drag(dragging: Dragging): void {
    for (const listener of this.#dragListeners) listener(dragging);
  }

  #links(): string[] {
    return [...(this.scenario.links ?? ["countersign://enrol?v=1&ticket=x"])];
  }
}
